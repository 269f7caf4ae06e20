"""A Piper voice is known by its files, and what is none is told from one without running it."""

import json

import pytest

from storytime.core.reading.graph_ends import ends_of
from storytime.core.reading.piper_voice import NotSuchNotes, licence_of, read_voice, voices_in
from tests.devices.piper_voices import field, make_voice, network, notes


@pytest.fixture
def written(tmp_path):
    def write(data):
        path = tmp_path / "network.onnx"
        path.write_bytes(data)
        return path

    return write


def test_the_ends_of_a_network_are_read_without_running_it(written):
    ends = ends_of(written(network(speakers=3, lengths=False)))
    assert ends.inputs == ("input", "input_lengths", "scales", "sid")
    assert ends.outputs == ("output",)
    assert ends.nodes == 13


def test_what_a_network_holds_itself_is_not_asked_for(written):
    held = field(7, field(11, field(1, "weight")) + field(5, field(8, "weight")) + field(11, field(1, "input")))
    assert ends_of(written(held)).inputs == ("input",)


@pytest.mark.parametrize(
    "data", [b"", b"no network at all", b"\x00" * 64, network()[:-300], b"\xff" * 40, b"PK\x03\x04", b"\x3a\x7f"]
)
def test_what_is_no_network_is_told(written, data):
    with pytest.raises(ValueError, match=r"\w"):
        ends_of(written(data))


def test_a_voice_is_read_from_its_notes(tmp_path):
    voice = read_voice(make_voice(tmp_path, "de_DE-eva_k-x_low", language="de_DE", espeak="de", dataset="eva_k"))
    assert (voice.name, voice.languages, voice.espeak, voice.licence) == ("Eva K", ("de-de", "de"), "de", "CC0")


def test_older_notes_that_name_no_language_are_read_by_their_espeak_voice(tmp_path):
    model = make_voice(tmp_path, "da-nst")
    data = {key: value for key, value in notes(espeak="da").items() if key not in ("language", "dataset")}
    model.with_name("da-nst.onnx.json").write_text(json.dumps(data))
    assert read_voice(model).languages == ("da",)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"audio": {"sample_rate": 4}}, "sample rate"),
        ({"audio": {"sample_rate": 96_000}}, "sample rate"),
        ({"audio": "loud"}, "sample rate"),
        ({"phoneme_type": "pinyin"}, "pinyin"),
        ({"phoneme_id_map": {}}, "sounds"),
        ({"phoneme_id_map": {"a": [-1]}}, "not Piper"),
        ({"phoneme_id_map": {"a": "b"}}, "not Piper"),
    ],
)
def test_notes_that_do_not_fit_are_told(tmp_path, change, why):
    model = make_voice(tmp_path, **change)
    with pytest.raises(NotSuchNotes, match=why):
        read_voice(model)


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, '"a"'])
def test_notes_that_are_no_notes_are_told(tmp_path, text):
    model = make_voice(tmp_path)
    model.with_name(model.name + ".json").write_text(text)
    with pytest.raises(NotSuchNotes):
        read_voice(model)


def test_a_card_says_the_licence_and_what_the_voice_was_made_from(tmp_path):
    card = tmp_path / "MODEL_CARD"
    card.write_text("# Card\n\n* URL: somewhere\n* License: CC BY 4.0\n\nFinetuned from U.S. English lessac voice.\n")
    assert licence_of(card) == "CC BY 4.0, made from U.S. English lessac voice"
    assert licence_of(tmp_path / "none") == ""


def test_a_voice_that_is_broken_hides_no_other(tmp_path):
    make_voice(tmp_path / "one", "en_US-one-low")
    broken = make_voice(tmp_path / "two", "en_US-two-low")
    broken.with_name(broken.name + ".json").unlink()
    make_voice(tmp_path / ".adding-three", "en_US-three-low")
    assert [voice.id for voice in voices_in(tmp_path)] == ["en_US-one-low"]
