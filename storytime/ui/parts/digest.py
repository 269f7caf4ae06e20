"""A digest of words, by Qt: `hashlib` would bring a library of 3 MB, and 3 ms, before the shelf is there."""

from __future__ import annotations

from PySide6.QtCore import QCryptographicHash


def digest(words: str) -> bytes:
    """Return the SHA-256 of the words in UTF-8: 32 bytes."""
    return bytes(QCryptographicHash.hash(words.encode("utf-8"), QCryptographicHash.Algorithm.Sha256).data())
