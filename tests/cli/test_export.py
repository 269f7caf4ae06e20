"""What `storytime export` promises: a book in step, strictly to the standard, whole or not at all, that comes back."""

import io
import signal
import zipfile

import av
import numpy as np
import pytest
import soundfile

from storytime.core.database import open_library
from storytime.core.paths import Paths
from storytime.core.ports import Sound
from storytime.core.shelf.intake import read_story
from storytime.core.shelf.shelf import Shelf
from storytime.core.shelf.takes import Takes
from storytime.core.shelf.tellers import Tellers
from storytime.devices.rehearsal import estimated_seconds
from tests.core.shelf.told_books import taken_apart
from tests.core.shelf.voices import keep
from tests.core.studio.recordings import said

BEAR = 10


def heard(path, name):
    """Return a chapter's sound as a reading system decodes it, and its rate."""
    with zipfile.ZipFile(path) as book, av.open(io.BytesIO(book.read(name))) as file:
        (stream,) = file.streams
        assert (stream.codec_context.name, stream.codec_context.layout.nb_channels) == ("aac", 1)
        parts = [frame.to_ndarray()[0] for frame in file.decode(stream)]
        return np.concatenate(parts), stream.rate


@pytest.fixture
def recorded(home):
    """Keep a mother's loud reading of a line of the bear's story; return the function that does."""

    def record(line, seconds):
        library = open_library(Paths(home))
        shelf, takes = Shelf(library, library.paths), Takes(library, library.paths)
        card = shelf.card(BEAR)
        mother = Tellers(library).welcome("Mother")
        take = keep(takes, mother, card, line, shelf.lines(BEAR, line, 1)[0].text, seconds=seconds)
        tone = 0.1 * np.sin(np.arange(round(seconds * 48_000)) / 4)
        soundfile.write(takes.path(take), tone, 48_000, format="FLAC")
        library.close()

    return record


def test_a_story_leaves_as_a_book_in_step_and_comes_back_whole(voice, here, home, document):
    voice()
    told = document("export", BEAR, "--to", "bear.epub")
    book = taken_apart(here / "bear.epub")
    assert told["left_out"] == 0
    assert book.narrators == told["narrators"]
    assert told["seconds"] == sum(clips[-1].end for clips in book.overlays) / 1000
    library = open_library(Paths(home))
    card = Shelf(library, library.paths).card(BEAR)
    was = Shelf(library, library.paths).story(BEAR)
    library.close()
    back = read_story(here / "bear.epub")
    assert [line.text for line in back.lines()] == [line.text for line in was.lines()]
    assert (back.title, back.author, back.language) == (card.title, card.author, card.language)
    assert [one.title for one in back.chapters] == [one.title for one in was.chapters]
    assert back.cover


def test_what_comes_back_is_known_as_the_story_that_stands_on_the_shelf(voice, here, document):
    voice()
    document("export", BEAR, "--to", "bear.epub")
    assert document("add", "bear.epub") == {"added": [], "already": [BEAR], "refused": []}


def test_each_chapter_has_a_sound_of_its_own_and_comes_back(voice, here, document):
    voice()
    (here / "tale.md").write_text("# The Snail\n\n## Dusk\n\nIt slept. It woke.\n\n## Dawn\n\nThe sun rose.\n")
    (story,) = document("add", "tale.md")["added"]
    told = document("export", story, "--to", "snail.epub")
    book = taken_apart(here / "snail.epub")
    assert [[clip.id for clip in clips] for clips in book.overlays] == [["l0", "l1"], ["l2"]]
    assert len({clips[0].sound for clips in book.overlays}) == 2
    assert told["seconds"] == pytest.approx(sum(clips[-1].end for clips in book.overlays) / 1000)
    assert [one.title for one in read_story(here / "snail.epub").chapters] == ["Dusk", "Dawn"]


def test_every_clip_lies_within_the_sound_that_is_decoded(voice, here, document):
    voice()
    document("export", BEAR, "--to", "bear.epub")
    for clips in taken_apart(here / "bear.epub").overlays:
        samples, rate = heard(here / "bear.epub", clips[0].sound)
        assert clips[-1].end / 1000 <= len(samples) / rate + 0.001


def test_what_is_heard_at_a_lines_time_is_the_line(voice, here, document, recorded):
    voice()
    recorded(2, 3.0)
    recorded(5, 2.0)
    told = document("export", BEAR, "--to", "bear.epub", "--teller", "mother")
    assert told["narrators"][1] == "Mother"
    book = taken_apart(here / "bear.epub")
    (clips,) = book.overlays
    samples, rate = heard(here / "bear.epub", clips[0].sound)
    loud = np.flatnonzero(np.abs(samples) > 0.01) / rate
    for line, seconds in ((2, 3.0), (5, 2.0)):
        (clip,) = [one for one in clips if one.id == f"l{line}"]
        own = loud[(loud > clip.begin / 1000 - 0.3) & (loud < clip.end / 1000 + 0.3)]
        assert own[0] == pytest.approx(clip.begin / 1000, abs=0.06)
        assert own[-1] - own[0] == pytest.approx(seconds, abs=0.1)


def test_a_recorded_line_shows_each_of_its_words_as_it_is_said(voice, here, home, document):
    machine, text = voice(), "The lamp went out, and everybody in the old house slept until the morning."

    def speak(line):
        samples, rate, words = said(line.text)
        soundfile.write(here / "said.wav", samples, rate, "PCM_16")
        return Sound(here / "said.wav", len(samples), rate, words)

    machine._sound = speak
    (here / "tale.md").write_text(f"# The Lamp\n\n{text}\n")
    (story,) = document("add", "tale.md")["added"]
    samples, rate, words = said(text, rate=0.8, pitch=0.2)
    library = open_library(Paths(home))
    takes = Takes(library, library.paths)
    take = keep(takes, Tellers(library).welcome("Mother"), Shelf(library, library.paths).card(story), 0, text,
                seconds=len(samples) / rate, speech=(0.0, len(samples) / rate))
    soundfile.write(takes.path(take), samples, rate, format="FLAC")
    library.close()
    document("export", story, "--to", "lamp.epub")
    book = taken_apart(here / "lamp.epub")
    assert book.narrators == ["Mother"]
    begins = {book.texts[clip.page, clip.id].strip(" ,."): clip.begin / 1000 for clip in book.overlays[0]}
    for word in ("lamp", "everybody", "house", "morning"):
        (true,) = [one.at for one in words if one.start == text.index(word)]
        assert begins[word] == pytest.approx(true, abs=0.12)


def test_the_same_story_makes_the_same_bytes_today_and_tomorrow(voice, here, document):
    voice()
    for name in ("a.epub", "b.epub"):
        document("export", BEAR, "--to", name)
    assert (here / "a.epub").read_bytes() == (here / "b.epub").read_bytes()


def test_ctrl_c_leaves_nothing_behind_and_the_older_book_as_it_was(voice, here, call):
    pretended = voice()
    (here / "bear.epub").write_bytes(b"older")

    def stop(_utterance, _sound):
        pretended.rendered.disconnect(stop)
        signal.raise_signal(signal.SIGINT)

    pretended.rendered.connect(stop)
    done = call("export", BEAR, "--to", "bear.epub")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "Stopped. Nothing was written to bear.epub.\n"
    assert [file.read_bytes() for file in here.iterdir()] == [b"older"]


def test_lines_that_the_voice_cannot_say_are_there_as_text_and_counted(voice, here, call):
    def stumbles(utterance):
        if "asleep" in utterance.text:
            raise ValueError("the pretended voice fell over")
        return estimated_seconds(utterance)

    voice(stumbles)
    done = call("export", BEAR, "--to", "bear.epub")
    assert "are there as text alone, because the pretended voice fell over." in done.stderr
    book = taken_apart(here / "bear.epub")
    assert any("asleep" in line.text for line in read_story(here / "bear.epub").lines())
    in_step = {clip.id.partition("w")[0] for clips in book.overlays for clip in clips}
    assert all("asleep" not in book.texts["EPUB/text/c0001.xhtml", one] for one in in_step)


def test_a_voice_that_says_nothing_makes_no_book(voice, here, call):
    def mute(_utterance):
        raise ValueError

    voice(mute)
    done = call("export", BEAR, "--to", "bear.epub")
    assert done.exit_code == 1
    assert "could not say a line" in done.stderr
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["export", "bear", "--to", "bear.pdf"], 2, "must end in .epub"),
        (["export", "bear"], 2, "--to"),
        (["export", "no such story", "--to", "x.epub"], 1, "No story is called"),
        (["export", "10", "--to", "x.epub", "--teller", "Nobody"], 1, "Nobody called"),
        (["export", "10", "--to", "nowhere/x.epub"], 1, "Its folder is not there"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(voice, here, call, words, code, said):
    voice()
    done = call(*words)
    assert done.exit_code == code
    assert said in done.stderr
    assert list(here.iterdir()) == []
