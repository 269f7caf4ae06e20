"""A voice is taken in whole or not at all, whatever is handed over in its name."""

import json
import shutil
import zipfile

import pytest

from storytime.core.errors import CannotAddVoice, DiskFull, VoiceNotFound
from storytime.core.paths import Paths
from storytime.core.reading import voice_staging
from storytime.core.reading.voice_files import VoiceFiles
from tests.devices.piper_voices import make_voice, network, notes

TONE = "en_US-tone-low"


@pytest.fixture
def files(tmp_path):
    return VoiceFiles(Paths(tmp_path / "home"))


@pytest.fixture
def left(tmp_path):
    """Everything that lies in the folder of voices."""
    return lambda: sorted(str(one.relative_to(tmp_path / "home")) for one in (tmp_path / "home").rglob("*"))


def zipped(tmp_path, names=None, model=None):
    made = make_voice(tmp_path / "made", TONE, model=model)
    path = tmp_path / "voice.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(made.parent.iterdir()):
            archive.write(file, (names or {}).get(file.name, f"inside/{file.name}"))
    return path


@pytest.mark.parametrize("how", ["model", "notes", "folder", "zip"])
def test_a_voice_is_taken_in_from_its_file_its_folder_or_a_zip(files, tmp_path, how):
    model = make_voice(tmp_path / "made", TONE)
    (tmp_path / "made" / "holiday.jpg").write_bytes(b"not a voice's")
    source = {
        "model": model, "notes": model.with_name(model.name + ".json"), "folder": tmp_path / "made",
        "zip": tmp_path / "voice.zip",
    }[how]
    if how == "zip":
        zipped(tmp_path)
    files.keep(files.stage(source))
    (voice,) = files.all()
    assert (voice.id, voice.licence) == (TONE, "CC0")
    assert sorted(file.name for file in voice.model.parent.iterdir()) == [
        "MODEL_CARD", f"{TONE}.onnx", f"{TONE}.onnx.json"
    ]


def test_notes_without_the_middle_of_their_name_serve_too(files, tmp_path):
    model = make_voice(tmp_path / "made", TONE)
    model.with_name(model.name + ".json").rename(model.with_suffix(".json"))
    files.keep(files.stage(model))
    assert files.all()


def broken_notes(model):
    model.with_name(model.name + ".json").write_text("{")
    return model


def no_notes(model):
    model.with_name(model.name + ".json").unlink()
    return model


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda to: make_voice(to, model=b"x" * 500), "no network"),
        (lambda to: make_voice(to, model=network()[:400]), "no network"),
        (lambda to: make_voice(to, model=network(inputs=("input", "scales"))), "no network"),
        (lambda to: make_voice(to, model=network(inputs=("input", "input_lengths", "scales", "audio"))), "no network"),
        (lambda to: make_voice(to, speakers=3, model=network()), "no network"),
        (lambda to: make_voice(to, rate=1), "sample rate"),
        (lambda to: make_voice(to, phoneme_type="pinyin"), "pinyin"),
        (lambda to: broken_notes(make_voice(to)), "JSON"),
        (lambda to: no_notes(make_voice(to)), "no notes beside it"),
        (lambda to: to, "not there"),
        (lambda to: to / "nowhere.onnx", "not there"),
    ],
)
def test_what_is_no_voice_is_refused_in_one_sentence_and_nothing_is_left(files, left, tmp_path, make, why):
    with pytest.raises(CannotAddVoice, match=why) as refused:
        files.stage(make(tmp_path / "made"))
    assert str(refused.value).count(". ") <= 1
    assert left() in ([], ["voices"])


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04" + b"\x00" * 40])
def test_a_zip_that_is_none_is_refused(files, left, tmp_path, data):
    path = tmp_path / "voice.zip"
    path.write_bytes(data)
    with pytest.raises(CannotAddVoice):
        files.stage(path)
    assert left() == ["voices"]


@pytest.mark.parametrize("how", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_that_was_damaged_on_its_way_is_refused_however_it_is_packed(files, left, tmp_path, how):
    path = tmp_path / "voice.zip"
    with zipfile.ZipFile(path, "w", how) as archive:
        archive.writestr("v.onnx", bytes(range(256)) * 100)
        archive.writestr("v.onnx.json", json.dumps(notes()))
    data = bytearray(path.read_bytes())
    data[60:120] = bytes(one ^ 0x5A for one in data[60:120])
    path.write_bytes(data)
    with pytest.raises(CannotAddVoice):
        files.stage(path)
    assert left() == ["voices"]


def test_two_voices_of_one_name_in_one_zip_are_refused_for_that(files, left, tmp_path):
    for folder in ("one", "two"):
        make_voice(tmp_path / "made" / folder, TONE)
    with pytest.raises(CannotAddVoice, match="two voices called"):
        files.stage(tmp_path / "made")
    assert left() == ["voices"]


def test_a_folder_full_of_other_things_is_not_gone_through(files, left, tmp_path, monkeypatch):
    monkeypatch.setattr(voice_staging, "MOST_FILES", 5)
    model = make_voice(tmp_path / "made", TONE)
    for number in range(6):
        (tmp_path / "made" / f"{number}.jpg").write_bytes(b"")
    with pytest.raises(CannotAddVoice, match="too many files"):
        files.stage(tmp_path / "made")
    assert left() == ["voices"]
    files.keep(files.stage(model))


def test_a_text_is_no_voice(files, tmp_path):
    (tmp_path / "a.txt").write_text("hello")
    with pytest.raises(CannotAddVoice, match="no Piper voice"):
        files.stage(tmp_path / "a.txt")


def test_a_zip_writes_only_under_names_of_ours(files, tmp_path):
    wild = {f"{TONE}.onnx": f"../../{TONE}.onnx", f"{TONE}.onnx.json": f"../../{TONE}.onnx.json"}
    files.keep(files.stage(zipped(tmp_path, wild)))
    assert not list(tmp_path.glob("*.onnx"))
    assert not list(tmp_path.parent.glob("*.onnx"))
    assert [voice.id for voice in files.all()] == [TONE]


def test_what_swells_beyond_a_voice_s_size_is_refused(files, left, tmp_path, monkeypatch):
    monkeypatch.setattr(voice_staging, "MOST_MODEL", 100_000)
    with pytest.raises(CannotAddVoice, match="larger"):
        files.stage(zipped(tmp_path, model=network() + bytes(2_000_000)))
    assert left() == ["voices"]


def test_a_zip_that_lies_of_a_size_is_stopped_at_the_bound(tmp_path):
    class Endless:
        def read(self, count):
            return bytes(count)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

    with pytest.raises(CannotAddVoice, match="larger"):
        voice_staging._copy(tmp_path, voice_staging.Part(1, Endless), tmp_path / "to", 3_000_000)


def test_a_full_disk_is_told_and_nothing_is_left(files, left, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(voice_staging, "_copy", full)
    with pytest.raises(DiskFull):
        files.stage(make_voice(tmp_path / "made"))
    assert left() == ["voices"]


def test_a_voice_that_is_there_is_not_replaced(files, tmp_path):
    model = make_voice(tmp_path / "made", TONE)
    files.keep(files.stage(model))
    with pytest.raises(CannotAddVoice, match="already"):
        files.keep(files.stage(model))
    assert len(files.all()) == 1


def test_of_several_voices_all_come_or_none(files, left, tmp_path):
    files.keep(files.stage(make_voice(tmp_path / "made", "en_US-two-low")))
    for name in ("en_US-one-low", "en_US-two-low", "en_US-three-low"):
        make_voice(tmp_path / "made", name)
    with pytest.raises(CannotAddVoice):
        files.keep(files.stage(tmp_path / "made"))
    assert [voice.id for voice in files.all()] == ["en_US-two-low"]
    assert not [one for one in left() if "adding" in one]


def test_a_voice_that_is_put_away_comes_back_until_it_is_swept(files, tmp_path):
    files.keep(files.stage(make_voice(tmp_path / "made", TONE)))
    files.put_away(TONE)
    assert files.all() == []
    files.bring_back(TONE)
    assert [voice.id for voice in files.all()] == [TONE]
    files.put_away(TONE)
    files.sweep()
    with pytest.raises(VoiceNotFound):
        files.bring_back(TONE)


def test_of_a_voice_that_is_put_away_no_spoken_line_is_left(files, tmp_path):
    spoken = [Paths(tmp_path / "home").cache / name for name in ("piper", "names")]
    for folder in spoken:
        folder.mkdir(parents=True)
    files.keep(files.stage(make_voice(tmp_path / "made", TONE)))
    files.put_away(TONE)
    assert not any(folder.exists() for folder in spoken)


def test_a_name_that_several_voices_have_is_told_with_their_ids(files, tmp_path):
    for name in ("en_US-tone-low", "en_US-tone-high"):
        files.keep(files.stage(make_voice(tmp_path / name, name)))
    with pytest.raises(VoiceNotFound, match=r"several voices.*: en_US-tone-high, en_US-tone-low"):
        files.find("Tone")


@pytest.mark.parametrize("wanted", [TONE, f"piper:{TONE}", f"piper:{TONE}#p1", "tone"])
def test_a_voice_is_found_by_its_id_or_its_name(files, tmp_path, wanted):
    files.keep(files.stage(make_voice(tmp_path / "made", TONE)))
    assert files.find(wanted).id == TONE
    shutil.rmtree(tmp_path / "home")
    with pytest.raises(VoiceNotFound):
        files.find(wanted)
