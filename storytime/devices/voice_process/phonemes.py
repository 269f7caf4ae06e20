"""What eSpeak NG says of a text, in the letters of the phonetic alphabet: the sounds that Piper's voices learned.

The engine of another package does the same with an eSpeak of its own, and can fetch voices; this is the eSpeak that is
here anyway, and fetches nothing.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from typing import TYPE_CHECKING

from storytime.devices.voice_process import espeak_library

if TYPE_CHECKING:
    from collections.abc import Iterator

UTF8, IPA = 1, 2
CLAUSE = re.compile(r"[^.!?…,;:—]*(?:[.!?…,;:—]+(?![\s”’»\")\]]|$)[^.!?…,;:—]*)*[.!?…,;:—]*[”’»\")\]]*\s*")
"""Up to a mark that ends a clause; a dot inside of something (3.5) ends none."""
SWITCH = re.compile(r"\([^)]*\)")
"""Where eSpeak tells that it speaks another tongue for a word, such as (en)."""
MARKS = {"…": ".", "—": ","}


class Phonemes:
    """eSpeak NG asked for sounds instead of sound. Raises `EngineTrouble`, `OSError` where it cannot be begun."""

    def __init__(self) -> None:
        self._espeak = espeak_library.begun()
        self._of = ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int)(
            ("espeak_TextToPhonemes", self._espeak.api.dll)
        )

    def of(self, text: str, voice: str) -> str:
        """Return the sounds of a text, with the marks that end its clauses. Raises `NoSuchVoice`."""
        return " ".join(sounds for _, _, sounds in self.clauses(text, voice))

    def clauses(self, text: str, voice: str) -> Iterator[tuple[int, str, str]]:
        """Yield of each clause that is heard where it begins, itself, and its sounds. Raises `NoSuchVoice`."""
        self._espeak.choose(voice.encode())
        for found in CLAUSE.finditer(text):
            if sounds := self._of_clause(found.group()):
                yield found.start(), found.group(), sounds

    def _of_clause(self, clause: str) -> str:
        ends = re.search(r"[.!?…,;:—]", clause.rstrip(" ”’»\")]")[-1:])
        raw = ctypes.create_string_buffer(clause.encode())
        at, said = ctypes.c_void_p(ctypes.addressof(raw)), []
        while at.value:
            said.append((self._of(ctypes.byref(at), UTF8, IPA) or b"").decode("utf-8", "replace"))
        sounds = " ".join(SWITCH.sub("", one).strip() for one in said if one.strip())
        mark = MARKS.get(ends.group(), ends.group()) if ends and sounds else ""
        return unicodedata.normalize("NFD", sounds) + mark
