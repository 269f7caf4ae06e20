"""The machine as it really is, and the same machine pretended."""
