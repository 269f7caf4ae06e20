from hypothesis import example, given
from hypothesis import strategies as st

from storytime.core.shelf.editable import from_text, to_text
from storytime.core.shelf.passages import (
    CHAPTER_PAUSE,
    LONGEST,
    PARAGRAPH_PAUSE,
    SECTION_PAUSE,
    speakable,
    tidy,
    to_chapter,
    to_chapters,
    to_paragraph,
)

ODDS = (
    "“Are you awake?” whispered Mia. Mr. Fox e.g. J. R. … — ... 3.5 Wait... I said, No! ¿Qué? „Ja.“ fragte «sí» a.m. "
    "lantern; moon: (and sea) — etc. U.S. Then 。 “Come!” Grandmother said."
)
WORDS = st.sampled_from(ODDS.split())
PROSE = st.lists(WORDS, min_size=1, max_size=120).map(" ".join)
ANY = st.text(min_size=1, max_size=700)
VERSE = st.lists(PROSE, min_size=1, max_size=5).map("\n".join)


@given(st.one_of(PROSE, ANY, VERSE), st.sampled_from(["en", "de", "es"]))
@example("a" * 1000, "en")
@example("a\u0301" * 400, "en")
@example("word " * 200, "en")
def test_joined_lines_are_the_paragraph_again(text, language):
    whole = tidy(text)
    if whole:
        assert to_paragraph(whole, language).text == whole


@given(st.one_of(PROSE, ANY, VERSE))
def test_every_line_fits_a_breath_and_is_followed_by_a_pause_of_at_most_two_seconds(text):
    for line in to_paragraph(tidy(text) or "Moon.").lines:
        assert 0 < len(line.text) <= LONGEST
        assert line.text == line.text.strip()
        assert not line.after.strip()
        assert 0 <= line.pause <= 2


@given(PROSE)
def test_a_line_has_something_to_say_if_its_paragraph_has(text):
    whole = tidy(text)
    if speakable(whole):
        assert all(speakable(line.text) for line in to_paragraph(whole).lines)


def test_a_long_sentence_is_cut_at_its_clauses():
    text = ", ".join(["the lantern swung above the quiet water"] * 12) + "."
    lines = to_paragraph(text).lines
    assert len(lines) > 1
    assert all(line.text.endswith((",", ".")) for line in lines)


def test_a_word_longer_than_a_breath_is_cut_rather_than_refused():
    assert [len(line.text) for line in to_paragraph("a" * 700).lines] == [300, 300, 100]


def test_verse_keeps_its_breaks():
    lines = to_paragraph("Twinkle, twinkle, little star,\nHow I wonder. What you are.").lines
    assert [(line.text, line.after) for line in lines] == [
        ("Twinkle, twinkle, little star,", "\n"),
        ("How I wonder. What you are.", ""),
    ]


def test_dots_and_dashes_are_no_line_of_their_own():
    assert [line.text for line in to_paragraph("“…” She slept. — …").lines] == ["“…” She slept. — …"]


def test_silence_grows_from_sentence_to_paragraph_to_section_to_chapter():
    chapter = to_chapter("One", ["Now. Then.", "Later.", "* * *", "At last."])
    pauses = [[line.pause for line in paragraph.lines] for paragraph in chapter.paragraphs]
    assert pauses == [[0.35, PARAGRAPH_PAUSE], [SECTION_PAUSE], [CHAPTER_PAUSE]]


def test_a_heading_with_nothing_under_it_is_put_before_the_next():
    chapters = to_chapters([("Part One", []), ("The Fox", ["It slept."])])
    assert [chapter.title for chapter in chapters] == ["Part One: The Fox"]


PARAGRAPHS = st.lists(st.one_of(PROSE, VERSE, st.just("# no heading"), st.just("\\ back")), min_size=1, max_size=4)


@given(st.lists(st.tuples(st.sampled_from(["", "One", "The Moon"]), PARAGRAPHS), min_size=1, max_size=3))
def test_a_text_laid_open_for_editing_reads_in_again_as_the_same_lines(parts):
    chapters = to_chapters(
        [(title or ("" if number == 0 else "Then"), texts) for number, (title, texts) in enumerate(parts)]
    )
    assert from_text(to_text(chapters), "en") == chapters
