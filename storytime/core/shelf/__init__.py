"""The shelf: stories, what can be read in, and where it is kept."""
