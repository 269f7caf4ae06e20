"""The evening: its plan, its doors, its seal and its gate."""
