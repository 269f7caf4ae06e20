"""Storytime reads family stories aloud in the dark, and locks itself at lights-out."""

__version__ = "0.1.0"
