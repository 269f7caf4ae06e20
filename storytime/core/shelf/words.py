"""The words of a line alone, by which recordings find the lines that they read."""

from __future__ import annotations

import re
import unicodedata

WORDLESS = "· · ·"
"""The text of a line that has none: a piece of a tale that was told without a book."""


def words_of(text: str) -> str:
    """Return the words alone, as takes and lines are compared: a comma that was mended makes no take stale."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"[^\W_]+", folded)) or folded.strip()
