"""The studio: a voice on its way to the shelf."""
