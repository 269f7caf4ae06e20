import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storytime.core.errors import CannotRead, CannotWrite, DiskFull
from storytime.core.studio.flac import read_flac, write_flac
from tests.core.studio.recordings import RATE, journal_of, room

EDGES = {
    "s16": [-32768, 32767, 0, -1, 1],
    "s32": [-(2**31), (2**31 - 1) & ~0xFF, 0, -256, 256],
    "f32": [-1.0, 1 - 2**-23, 0.0, 2**-23, -(2**-23)],
}


def as_recorded(kind, frames, seed):
    """Samples as a converter of 16 or 24 bits gives them, its extremes among them."""
    random = np.random.default_rng(seed)
    if kind == "s16":
        samples = random.integers(-32768, 32768, frames)
    else:
        samples = random.integers(-(2**23), 2**23, frames)
        samples = samples * 256 if kind == "s32" else samples / 2**23
    samples[: len(EDGES[kind])] = EDGES[kind][:frames]
    return samples


def bits_in(path):
    import soundfile

    with soundfile.SoundFile(path) as file:
        return file.subtype, file.read(dtype="int32")


def written_out(kind, samples):
    """The journal's samples in the upper bits of 32, as the file is read."""
    scale = {"s16": 65536, "s32": 1, "f32": 2**31}[kind]
    return (samples * scale).astype(np.int64)


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(["s16", "s32", "f32"]),
    frames=st.sampled_from([1, 2, 5, 4607, 4608, 4609, 65_536, 65_537, 140_000]),
    rate=st.sampled_from([8_000, 44_100, 48_000, 96_000]),
    seed=st.integers(0, 9),
)
def test_a_take_holds_every_sample_of_its_journal(tmp_path_factory, kind, frames, rate, seed):
    folder = tmp_path_factory.mktemp("take")
    samples = as_recorded(kind, frames, seed)
    journal = journal_of(folder / "a.journal", samples, kind, rate)
    assert write_flac(folder / "a.flac", journal) == frames
    subtype, held = bits_in(folder / "a.flac")
    assert subtype == ("PCM_16" if kind == "s16" else "PCM_24")
    assert np.array_equal(held, written_out(kind, samples))


@pytest.mark.parametrize("kind", ["s16", "s32", "f32"])
def test_a_part_of_a_recording_is_that_part_alone(tmp_path, kind):
    samples = as_recorded(kind, 200_000, 4)
    journal = journal_of(tmp_path / "a.journal", samples, kind)
    assert write_flac(tmp_path / "a.flac", journal, 70_001, 150_003) == 80_002
    assert np.array_equal(bits_in(tmp_path / "a.flac")[1], written_out(kind, samples[70_001:150_003]))


def test_who_reads_what_and_when_stands_in_the_file_for_any_other_program(tmp_path):
    import av

    journal = journal_of(tmp_path / "a.journal", as_recorded("s16", 9_000, 1))
    said = {
        "title": "Der kleine Stern",
        "artist": "Großmutter",
        "description": "„Wer da?“, fragte\nder Bär. 🐻",
        "date": "2026-11-02T18:04:00+00:00",
    }
    write_flac(tmp_path / "a.flac", journal, tags=said)
    with av.open(str(tmp_path / "a.flac")) as container:
        read = dict(container.metadata)
    # FFmpeg gives DESCRIPTION back under its own word for it.
    assert {"description" if name == "comment" else name: read[name] for name in read if name != "encoder"} == said


def test_no_text_is_too_strange_to_be_a_tag(tmp_path):
    journal = journal_of(tmp_path / "a.journal", as_recorded("s16", 9_000, 1))
    assert write_flac(tmp_path / "a.flac", journal, tags={"title": "a\0b \ud800 c=d", "description": "x" * 10**6})


def test_nothing_is_on_the_disk_under_its_name_before_it_is_whole(tmp_path, monkeypatch):
    journal = journal_of(tmp_path / "a.journal", as_recorded("s16", 9_000, 1))
    acts = []
    sync, replace = os.fsync, os.replace

    def synced(handle):
        folder = os.path.isdir(f"/dev/fd/{handle}")
        acts.append("folder on disk" if folder else "file on disk")
        sync(handle)

    def replaced(*names):
        acts.append("named")
        replace(*names)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    write_flac(tmp_path / "a.flac", journal)
    assert acts == ["file on disk", "named", "folder on disk"]


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path):
    journal = journal_of(tmp_path / "a.journal", as_recorded("s16", 300_000, 1))
    (tmp_path / "takes").mkdir()
    (tmp_path / "takes" / ".a.flac.part").symlink_to("/dev/full")
    with pytest.raises(DiskFull):
        write_flac(tmp_path / "takes" / "a.flac", journal)
    assert list((tmp_path / "takes").iterdir()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path):
    journal = journal_of(tmp_path / "a.journal", as_recorded("s16", 9_000, 1))
    with pytest.raises(CannotWrite, match="folder"):
        write_flac(tmp_path / "none" / "a.flac", journal)


def test_what_comes_onto_the_disk_otherwise_than_recorded_is_never_a_take(tmp_path, monkeypatch):
    journal = journal_of(tmp_path / "a.journal", as_recorded("s16", 100_000, 1))
    sync = os.fsync

    def a_bad_disk(handle):
        sync(handle)
        with (tmp_path / ".a.flac.part").open("r+b") as file:
            file.seek(-9_000, os.SEEK_END)
            file.write(b"\x55" * 40)

    monkeypatch.setattr(os, "fsync", a_bad_disk)
    with pytest.raises(CannotWrite, match="not what was recorded"):
        write_flac(tmp_path / "a.flac", journal)
    assert [path.name for path in tmp_path.iterdir()] == ["a.journal"]


def test_an_empty_recording_becomes_no_file(tmp_path):
    journal = journal_of(tmp_path / "a.journal", [])
    with pytest.raises(CannotWrite):
        write_flac(tmp_path / "a.flac", journal)


def test_a_long_recording_is_never_whole_in_memory(tmp_path):
    import tracemalloc

    minutes = np.tile((room(10, -30) * 32767).astype(np.int16), 60)
    journal = journal_of(tmp_path / "a.journal", minutes)
    write_flac(tmp_path / "warm.flac", journal, 0, RATE)
    tracemalloc.start()
    write_flac(tmp_path / "a.flac", journal)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < minutes.nbytes / 10


def test_a_take_is_read_again_in_part(tmp_path):
    samples = as_recorded("s16", 100_000, 1)
    write_flac(tmp_path / "a.flac", journal_of(tmp_path / "a.journal", samples))
    read, rate = read_flac(tmp_path / "a.flac", 50_000, 60_000)
    assert rate == RATE
    assert np.array_equal(read, samples[50_000:60_000].astype(np.float32) / 32768)


@pytest.mark.parametrize("content", [b"", b"fLaC", b"no sound at all" * 99])
def test_a_damaged_take_is_said(tmp_path, content):
    (tmp_path / "a.flac").write_bytes(content)
    with pytest.raises(CannotRead):
        read_flac(tmp_path / "a.flac")


def test_a_take_that_is_gone_is_said(tmp_path):
    with pytest.raises(CannotRead, match="not there"):
        read_flac(tmp_path / "a.flac")


