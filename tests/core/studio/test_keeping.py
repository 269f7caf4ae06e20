"""A recording is kept as a file and a row, the journal last of all; a silent take is never called done."""

import errno
from pathlib import Path

import numpy as np
import pytest
import soundfile

from storytime.core.errors import CannotWrite, DiskFull, LibraryTrouble, SilentTake
from storytime.core.shelf.takes import WORDLESS
from storytime.core.studio import workbench
from storytime.core.studio.keeping import Source, keep, keep_tale, whole
from storytime.core.studio.tags import read_tags
from storytime.core.studio.through import Piece
from tests.core.studio.family import BEGAN, LINES, RATE, Family
from tests.core.studio.recordings import room, silence


@pytest.fixture
def family(library):
    return Family(library)


def kept(family, journal, line=0, **source):
    facts = {"story": family.fox, "recorded": BEGAN, **source}
    return keep(journal.path, whole(line, LINES[line], journal.frames), Source(family.mother, **facts), family.shelves)


def test_a_kept_take_is_the_journal_sample_for_sample(family):
    journal = family.journal(family.voice(LINES[0]))
    samples = journal.samples()
    (take,) = kept(family, journal).takes
    heard, rate = soundfile.read(family.shelves.takes.path(take), dtype="float32")
    assert rate == RATE
    assert np.array_equal(heard, samples)
    assert family.of_lines()[0] == [take]


def test_it_says_of_itself_whose_it_is_and_what_is_read(family):
    (take,) = kept(family, family.journal(family.voice(LINES[0]))).takes
    tags = read_tags(family.shelves.takes.path(take))
    assert (tags.title, tags.teller, tags.text, tags.recorded) == ("The Fox", "Mother", LINES[0], BEGAN)


def test_what_was_measured_stands_with_it(family):
    (take,) = kept(family, family.journal(family.voice(LINES[0]))).takes
    assert -40 < take.levels.lufs < -10
    assert 0.5 < take.levels.speech_begin < take.levels.speech_end < take.seconds


def test_the_journal_is_gone_when_the_row_is_there_and_not_before(family, monkeypatch):
    journal = family.journal(family.voice(LINES[0]))

    def killed(_takes):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(family.shelves.takes.__class__, "keep_all", lambda _self, takes: killed(takes))
        with pytest.raises(KeyboardInterrupt):
            kept(family, journal)
    assert journal.path.exists()
    assert family.of_lines() == {}
    kept(family, journal)
    assert not journal.path.exists()


def test_a_full_disk_leaves_the_journal_and_no_row(family, monkeypatch):
    journal = family.journal(family.voice(LINES[0]))

    def full(to, *_values, **_more):
        raise DiskFull(to)

    monkeypatch.setattr(workbench, "write_flac", full)
    with pytest.raises(DiskFull):
        kept(family, journal)
    assert journal.path.exists()
    assert family.of_lines() == {}


def test_a_library_that_cannot_be_written_leaves_the_journal(family):
    journal = family.journal(family.voice(LINES[0]))
    family.library.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(LibraryTrouble):
        kept(family, journal)
    assert journal.path.exists()


@pytest.mark.parametrize("samples", [silence(2.0), room(2.0, -60.0)])
def test_a_silent_take_is_never_kept_as_done(family, samples):
    journal = family.journal(samples)
    with pytest.raises(SilentTake):
        kept(family, journal)
    assert family.of_lines() == {}
    (away,) = family.shelves.takes.in_attic()
    assert away.why == "silent"
    assert family.shelves.takes.path(away).parent == family.paths.attic
    assert not journal.path.exists()


def test_silence_says_whether_the_microphone_was_dead(family):
    with pytest.raises(SilentTake, match="Nothing at all comes"):
        kept(family, family.journal(silence(2.0)))
    with pytest.raises(SilentTake, match="No voice was heard"):
        kept(family, family.journal(room(2.0, -60.0), name="20261105-170001-bb"))


def test_a_silent_redo_leaves_the_take_that_was_there(family):
    (first,) = kept(family, family.journal(family.voice(LINES[0]))).takes
    with pytest.raises(SilentTake):
        kept(family, family.journal(silence(2.0), name="20261105-170001-bb"))
    assert family.of_lines()[0] == [first]


def test_several_pieces_lose_no_frame(family):
    journal = family.journal(family.voice(*LINES))
    third = journal.frames // 3
    begins = [0, third, 2 * third, journal.frames]
    pieces = [Piece(line, LINES[line], begins[line], begins[line + 1]) for line in range(3)]
    samples = journal.samples()
    takes = keep(journal.path, pieces, Source(family.mother, family.fox), family.shelves).takes
    heard = [soundfile.read(family.shelves.takes.path(take), dtype="float32")[0] for take in takes]
    assert np.array_equal(np.concatenate(heard), samples)


def test_a_name_is_kept_for_its_teller(family):
    journal = family.journal(family.voice("Mila"))
    source = Source(family.mother, kind="name")
    (take,) = keep(journal.path, whole(0, "Mila", journal.frames), source, family.shelves).takes
    assert family.shelves.takes.names("mila") == [take]


def test_a_tale_becomes_a_story_of_wordless_lines(family):
    parts = [
        family.journal(family.voice(*LINES, pause=3.0), name=f"2026110{number}-170000-aa", mode="tale", part=number)
        for number in (1, 2)
    ]
    source = Source(family.grandpa, title="The Night Train", recorded=BEGAN)
    told = keep_tale([part.path for part in parts], (), source, family.shelves)
    assert told.story.title == "The Night Train"
    assert told.story.lines == len(told.takes) >= 2
    lines = [line.text for line in family.shelves.shelf.lines(told.story.id)]
    assert set(lines) == {WORDLESS}
    found = family.shelves.takes.of_lines(told.story.id, 0, lines)
    assert [found[line][0].id for line in range(len(lines))] == [take.id for take in told.takes]
    assert sum(take.frames for take in told.takes) == sum(part.frames for part in parts)
    assert not any(part.path.exists() for part in parts)


def test_a_silent_tale_is_no_story(family):
    journal = family.journal(silence(3.0), mode="tale")
    with pytest.raises(SilentTake):
        keep_tale([journal.path], (), Source(family.grandpa, title="The Night Train"), family.shelves)
    assert [card.title for card in family.shelves.shelf.cards()] == ["The Fox"]
    assert len(family.shelves.takes.in_attic()) == 1


def refused_below(folder, usual):
    def act(path, *values, **more):
        if path.is_relative_to(folder):
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        return usual(path, *values, **more)

    return act


def test_a_folder_that_cannot_be_written_is_said_and_leaves_the_journal(family, monkeypatch):
    """A disk that went read-only refuses even to remove what is not there."""
    journal = family.journal(family.voice(LINES[0]))

    for name in ("open", "unlink"):
        monkeypatch.setattr(Path, name, refused_below(family.paths.takes, getattr(Path, name)))
    with pytest.raises(CannotWrite):
        kept(family, journal)
    assert journal.path.exists()
    assert family.of_lines() == {}


def test_a_folder_that_cannot_be_made_is_said(family, monkeypatch):
    journal = family.journal(family.voice(LINES[0]))

    monkeypatch.setattr(Path, "mkdir", refused_below(family.paths.home, Path.mkdir))
    with pytest.raises(LibraryTrouble):
        kept(family, journal)
    assert journal.path.exists()
