"""The shelf, the story page, and taking stories in."""
