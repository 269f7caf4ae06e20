"""The parents’ PIN as a hash (argon2id), and nothing else of it anywhere."""

from __future__ import annotations

import re
from typing import Protocol

SHORTEST, LONGEST = 4, 8
"""Digits."""
HASH = re.compile(r"\$argon2id\$v=\d+\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+")


class Hashing(Protocol):
    """How a PIN becomes a hash; the tests use a cheap one."""

    def hash(self, pin: str) -> str:
        """Return a salted hash."""

    def fits(self, hashed: str, pin: str) -> bool:
        """Return whether the PIN made the hash. Raises ValueError where the hash is none."""


class Argon2:
    """argon2id with the library’s own defaults, or cheaper ones (memory in KiB)."""

    def __init__(self, time_cost: int = 3, memory_cost: int = 65536) -> None:
        self._time_cost, self._memory_cost = time_cost, memory_cost

    def hash(self, pin: str) -> str:
        """Return a salted hash."""
        from argon2 import PasswordHasher

        return PasswordHasher(self._time_cost, self._memory_cost).hash(pin)

    def fits(self, hashed: str, pin: str) -> bool:
        """Return whether the PIN made the hash. Raises ValueError where the hash is none."""
        from argon2 import PasswordHasher
        from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

        try:
            return PasswordHasher().verify(hashed, pin)
        except VerifyMismatchError:
            return False
        except (InvalidHashError, VerificationError) as damage:
            raise ValueError("this is no PIN’s hash") from damage


def looks_like_a_hash(hashed: str) -> bool:
    """Return whether a hash could be checked against, without the cost of loading argon2."""
    return HASH.fullmatch(hashed) is not None


def is_pin(text: str) -> bool:
    """Return whether the text is a PIN: four to eight digits, as any keyboard writes them."""
    return text.isascii() and text.isdecimal() and SHORTEST <= len(text) <= LONGEST
