"""The studio as a teller sees it."""
