"""Sounds in the phonetic alphabet, as eSpeak NG's own letters: those of the voice that speaks, as it says itself.

Each of its languages has other sounds, so it is asked of each what it would say; a word with a sound that it has not
is said as it is written.
"""

from __future__ import annotations

import ctypes
import unicodedata
from typing import TYPE_CHECKING

from storytime.devices.voice_process import ipa

if TYPE_CHECKING:
    from storytime.devices.voice_process.espeak_library import Espeak

PHONEMES = 0x100
"""eSpeak's flag: what stands in [[…]] are its letters for sounds."""
UTF8, IPA = 1, 2
LONGEST = 3
NAMES = {
    "tʃ": ("tS",), "dʒ": ("dZ",), "ts": ("ts",), "eɪ": ("eI",), "aɪ": ("aI",), "aʊ": ("aU",), "ɔɪ": ("OI",),
    "oʊ": ("oU",), "əʊ": ("oU",), "iː": ("i:",), "uː": ("u:",), "yː": ("y:",), "ɔː": ("O:",), "ɑː": ("A:",),
    "aː": ("a:",), "eː": ("e:",), "oː": ("o:",), "øː": ("Y:",), "ɜː": ("3:",), "ɛː": ("E:",),
    "a": ("a", "A"), "æ": ("a", "&"), "ɑ": ("A", "A:"), "ɒ": ("0", "O"), "ɐ": ("a#", "@", "a"), "e": ("e", "E"),
    "ɛ": ("E",), "ə": ("@",), "ɚ": ("3",), "ɝ": ("3:",), "ɜ": ("3", "3:"), "i": ("i", "i:"), "ɪ": ("I",),
    "o": ("o", "o:", "O"), "ɔ": ("O",), "ø": ("Y", "W"), "œ": ("W", "Y"), "u": ("u", "u:"), "ʊ": ("U",),
    "ʌ": ("V",), "y": ("y", "y:"), "ʏ": ("Y", "y"), "ɨ": ('i"', "y", "I"), "ɯ": ('u"', "u-"),
    "ɡ": ("g",), "ɹ": ("r",), "r": ("R", "r"), "ɾ": ("*", "t#", "r"), "ʁ": ('R"', "r"), "ʀ": ("R", "r"),
    "ʃ": ("S",), "ʒ": ("Z",), "θ": ("T",), "ð": ("D",), "ŋ": ("N",), "ɲ": ("n^",), "ʎ": ("l^",), "ç": ("C",),
    "x": ("x",), "χ": ("X", "x"), "ɣ": ("Q", "g"), "ɕ": ("S;",), "ʑ": ("Z;",), "ʂ": ("s.", "S"), "ʐ": ("z.", "Z"),
    "β": ("B",), "ʋ": ("v#", "v"), "ɫ": ("l",), "ʔ": ("?",), "ˈ": ("'",), "ˌ": (",",), "ː": (":",),
}  # fmt: skip
"""What eSpeak's languages call a sound, the likeliest first; a sound of one plain letter is called by it."""
UNHEARD = "ˈˌː"
COLOURS = ("Mn", "Lm")
"""Kinds of marks that colour a sound (nasal, soft); a voice that has none such says the sound itself."""


class EspeakSounds:
    """Asks one eSpeak what its voice has for each sound."""

    def __init__(self, espeak: Espeak) -> None:
        self._espeak = espeak
        self._of = ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int)(
            ("espeak_TextToPhonemes", espeak.api.dll)
        )
        self._known: dict[tuple[str, str], str] = {}

    def named(self, given: str, voice: str) -> str:
        """Return eSpeak's letters for these sounds in the voice that it has now; empty where it lacks one of them."""
        sounds, said, at = unicodedata.normalize("NFC", ipa.plain(given)), "", 0
        while at < len(sounds):
            for length in range(LONGEST, 0, -1):
                sound = sounds[at : at + length]
                if name := self._name(sound, voice) if len(sound) == length else "":
                    said, at = said + name, at + length
                    break
            else:
                if unicodedata.category(sounds[at]) not in COLOURS:
                    return ""
                at += 1
        return said

    def _name(self, sound: str, voice: str) -> str:
        if sound in UNHEARD:
            return NAMES[sound][0]
        usual = (sound,) if len(sound) == 1 and sound.isascii() else ()
        if (voice, sound) not in self._known:
            names = NAMES.get(sound, usual)
            heard = {name: self._heard(name) for name in names}
            exact = [name for name in names if heard[name] == sound]
            near = [name for name in names if heard[name]]
            self._known[voice, sound] = next(iter((*exact, *near)), "")
        return self._known[voice, sound]

    def _heard(self, name: str) -> str:
        """Return what it would say of a letter of its own; empty where it is none, for then it stops there."""
        api = self._espeak.api
        # The flag holds for what is asked afterwards.
        api.cSynth(b"", 1, 0, api.POS_CHARACTER, 0, api.CHARS_UTF8 | PHONEMES, None, None)
        raw = ctypes.create_string_buffer(f"[[{name}|m]]".encode())
        at, said = ctypes.c_void_p(ctypes.addressof(raw)), ""
        while at.value:
            said += (self._of(ctypes.byref(at), UTF8, IPA) or b"").decode("utf-8", "replace")
        sound, ends, rest = said.strip(" ˈˌ").rpartition("m")
        return sound if ends and not rest else ""
