"""What a story promises that leaves as a book in step: it is strictly to the standard, and comes back whole."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storytime.core.paths import shipped
from storytime.core.shelf.epub_page import SaidLine, SaidWord
from storytime.core.shelf.intake import read_story
from storytime.core.shelf.passages import SECTION_PAUSE, to_chapters
from storytime.core.shelf.rows import name_of
from storytime.core.shelf.story import Manuscript
from storytime.core.shelf.write_epub import Recorded, write_epub
from tests.core.shelf.told_books import taken_apart

MADE = datetime(2026, 5, 1, 20, 0, 3, tzinfo=UTC)
WAKING = "“Are you awake?” whispered the fox. Nobody said a word."
CHAPTERS = (
    ("One: The Fox & <Hen>", [WAKING, "Hush,\nlittle one.", "***", "End."]),
    ("Two", ["The moon rose — slowly, as it does. It was 7:30."]),
)


def story(chapters=CHAPTERS, **facts):
    return Manuscript("The Fox & the Moon", to_chapters(list(chapters)), **{"author": "Ann Ash", **facts})


def heard(told, sound, words=True):
    """Return what would have been recorded: each line a second long, each of its words a tenth."""
    recorded, line = [], 0
    for chapter in told.chapters:
        said = {}
        for at, one in enumerate(chapter.lines()):
            said[line] = SaidLine(at * 1000, at * 1000 + 1000, spoken(one.text, at * 1000) if words else ())
            line += 1
        recorded.append(Recorded(sound, said))
    return recorded


def spoken(text, begin):
    words, at = [], 0
    for number, word in enumerate(text.split()):
        at = text.index(word, at)
        words.append(SaidWord(begin + 60 * number, at, at + len(word)))
        at += len(word)
    return tuple(words)


@pytest.fixture
def sound(tmp_path):
    path = tmp_path / "sound.m4a"
    path.write_bytes(b"a sound")
    return path


@pytest.fixture
def written(tmp_path, sound):
    def write(told, *, words=True, narrators=("Grandma Rose",), name="book.epub", recorded=None):
        path = tmp_path / name
        write_epub(path, told, heard(told, sound, words) if recorded is None else recorded, narrators, MADE)
        return path

    return write


def shape(told):
    return [(one.title, [(line.text, line.after, line.pause) for line in one.lines()]) for one in told.chapters]


@pytest.mark.parametrize("words", [True, False], ids=["by words", "by lines"])
def test_it_comes_back_with_the_same_lines_pauses_chapters_title_author_and_language(written, words):
    told = story(language="en-GB")
    back = read_story(written(told, words=words))
    assert shape(back) == shape(told)
    assert (back.title, back.author, back.language) == (told.title, told.author, told.language)
    assert SECTION_PAUSE in [line.pause for line in back.lines()]


def test_a_story_without_chapters_comes_back_without_chapters(written):
    told = story([("", ["The fox slept.", "The moon rose."])], author="")
    back = read_story(written(told))
    assert (shape(back), back.author) == (shape(told), "")


@pytest.mark.parametrize("file", sorted(shipped("stories").glob("*.md")), ids=lambda file: file.stem)
def test_every_shipped_story_comes_back_as_itself(written, file):
    told = read_story(file)
    path = written(told)
    assert taken_apart(path).overlays
    assert name_of(read_story(path)) == name_of(told)


def test_it_comes_back_with_its_cover(written, tmp_path):
    import struct

    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 60, 90) + b"\x08\x02\0\0\0" + b"\0" * 20
    path = written(story(cover=png))
    assert read_story(path).cover == png
    taken_apart(path)


def test_words_of_another_language_come_back_in_it(written):
    from storytime.core.shelf.spans import marked

    told = story([("", [f"He said {marked('bonsoir, ma petite', language='fr')} to the moon."])])
    (line,) = told.lines()
    assert line.spans
    assert next(read_story(written(told)).lines()).spans == line.spans


@pytest.mark.parametrize("words", [True, False], ids=["by words", "by lines"])
def test_what_is_stressed_comes_back_so_and_every_word_is_still_in_step(written, words):
    from storytime.core.shelf.spans import marked
    from storytime.core.shelf.stress import marked as stressed

    french = marked(f"mon {stressed('cher')} ami", language="fr")
    told = story([("", [f"“{stressed('You')} must {stressed('not, never')} go,” my {french} told me."])])
    (line,) = told.lines()
    assert [line.text[one.start : one.end] for one in line.stressed] == ["You", "not, never", "cher"]
    path = written(told, words=words)
    (back,) = read_story(path).lines()
    assert (back.text, back.stressed, back.spans) == (line.text, line.stressed, line.spans)
    if words:
        book = taken_apart(path)
        assert [book.texts[clip.page, clip.id] for clips in book.overlays for clip in clips] == line.text.split()


def test_every_word_is_in_step_and_nothing_of_a_line_is_left_beside_its_words(written):
    told = story()
    book = taken_apart(written(told))
    lines = [line for chapter in told.chapters for line in chapter.lines()]
    for number, line in enumerate(lines):
        own = [clip for clips in book.overlays for clip in clips if clip.id.startswith(f"l{number}w")]
        assert len(own) == len(line.text.split())
        assert " ".join(book.texts[clip.page, clip.id] for clip in own) == " ".join(line.text.split())


def test_clips_follow_each_other_without_a_gap(written):
    for clips in taken_apart(written(story())).overlays:
        assert clips[0].begin == 0
        assert [clip.end for clip in clips[:-1]] == [clip.begin for clip in clips[1:]]


def test_a_heading_that_is_said_has_a_clip_of_its_own_before_the_first_word(written, sound):
    told = story([("Dusk", ["The fox slept."])])
    said = {0: SaidLine(0, 3000, (SaidWord(1200, 0, 3), SaidWord(1500, 4, 7), SaidWord(2000, 8, 13)), headed=True)}
    (clips,) = taken_apart(written(told, recorded=[Recorded(sound, said)])).overlays
    assert [(clip.id, clip.begin) for clip in clips] == [("head", 0), ("l0w0", 1200), ("l0w1", 1500), ("l0w2", 2000)]


def test_a_chapter_of_which_nothing_is_heard_is_there_as_text(written, sound):
    told = story()
    first, _ = heard(told, sound)
    path = written(told, recorded=[first, Recorded()])
    assert len(taken_apart(path).overlays) == 1
    assert shape(read_story(path)) == shape(told)


def test_a_book_in_which_nothing_is_heard_promises_no_voice(written):
    book = taken_apart(written(story(), recorded=[Recorded(), Recorded()], narrators=()))
    assert not [value for name, _, value in book.metas if name.startswith("media:") or "udi" in value]


def test_who_reads_and_what_it_is_for_ears_and_eyes_is_said(written):
    book = taken_apart(written(story(), narrators=["Grandma Rose", "A & B"]))
    assert book.narrators == ["Grandma Rose", "A & B"]
    said = {(name, value) for name, _, value in book.metas}
    assert {("schema:accessMode", "auditory"), ("schema:accessibilityFeature", "synchronizedAudioText")} <= said


def test_the_same_story_is_the_same_bytes(written):
    assert written(story(), name="a.epub").read_bytes() == written(story(), name="b.epub").read_bytes()


LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"))
TEXTS = st.lists(st.text(LETTERS | st.sampled_from("   .!?,;:—“”\"'&<>…\n*]"), max_size=120), min_size=1, max_size=4)
TIMES = st.lists(st.tuples(st.integers(-50, 1100), st.integers(0, 60), st.integers(1, 12)), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.text(LETTERS, max_size=20), TEXTS), min_size=1, max_size=3), TIMES, st.booleans())
def test_strange_texts_and_strange_times_make_a_book_to_the_standard_that_comes_back(
    written, sound, chapters, times, headed
):
    told = story(chapters)
    if not told.chapters:
        return
    lines, recorded = list(told.lines()), heard(told, sound)
    for one in recorded:
        for number, line in list(one.said.items()):
            text = lines[number].text
            strange = [SaidWord(line.begin + at, begin, begin + length) for at, begin, length in times]
            words = tuple(word for word in strange if word.end <= len(text) and text[word.begin : word.end].strip())
            one.said[number] = SaidLine(line.begin, line.end, words, headed and line.begin == 0)
    path = written(told, recorded=recorded)
    assert len(taken_apart(path).overlays) == len(told.chapters)
    back = read_story(path)
    assert [(line.text, line.after, line.pause) for line in back.lines()] == [
        (line.text, line.after, line.pause) for line in lines
    ]


def test_letters_that_no_book_may_hold_are_left_out(written):
    path = written(story([("A\x00B", ["The \x1bfox\ufffe slept."])]))
    taken_apart(path)
    assert [line.text for line in read_story(path).lines()] == ["The fox slept."]
