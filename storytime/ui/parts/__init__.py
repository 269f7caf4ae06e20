"""Pieces of screens that several features share."""
