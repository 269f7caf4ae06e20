"""Reading now, by day."""
