"""What eSpeak NG says of a text: the sounds, and the marks at which a voice breathes."""

import pytest

from storytime.devices.voice_process.engine import NoSuchVoice
from storytime.devices.voice_process.phonemes import Phonemes


@pytest.fixture(scope="module")
def phonemes():
    return Phonemes()


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("“Sleep well, ships,” she said.", ",,."),
        ("The key? Yes! It cost 3.5: no", "?!:"),
        ("She turned… and slept — at last.", ".,."),
        ("no end", ""),
        ("...", ""),
    ],
)
def test_the_marks_of_a_line_stay_with_its_sounds(phonemes, text, marks):
    said = phonemes.of(text, "en-us")
    assert "".join(one for one in said if one in ",.;:!?") == marks


def test_a_word_is_told_in_the_phonetic_alphabet(phonemes):
    assert phonemes.of("ships", "en-us") == "ʃˈɪps"


def test_a_foreign_word_leaves_no_mark_of_its_tongue(phonemes):
    assert "(" not in phonemes.of("Gute Nacht, my darling.", "de")


def test_a_tongue_that_espeak_does_not_know_is_no_voice(phonemes):
    with pytest.raises(NoSuchVoice):
        phonemes.of("hello", "xx-nowhere")


def test_a_line_of_marks_alone_costs_nothing(phonemes):
    assert phonemes.of("." * 20_000 + "a", "en-us")
