"""Who speaks in a story: written by a parent, found in its own words, kept, and given back as it was written."""

import string
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storytime.core.shelf import editable
from storytime.core.shelf.casting import Casting
from storytime.core.shelf.intake import read_story
from storytime.core.shelf.passages import to_chapters, to_paragraph
from storytime.core.shelf.spans import gathered, marked, name_of, overlaid, shared_out, spans_of, unmarked
from storytime.core.shelf.story import Role, Span
from tests.core.shelf.conftest import manuscript

TALE = """---
title: Two in a Wood
language: en
cast:
  Fox: low
  Owl: {voice: "espeak:gmw/en-GB", pitch: 0.8, pace: slow}
---

The moon rose.

**Fox:** “Are you awake?” He yawned. “I am.”

**Owl**: I am always awake. It is night.

“Twelve,” said the hedgehog. [“Buenas noches,”]{Fox, lang=es} said the fox, [“dormid bien”]{lang=es}.
"""


def read(file, text, name="a-tale.md"):
    return read_story(file(name, text))


def said(lines):
    """What is whose, in the order of the text."""
    return [
        (line.text[span.start : span.end], span.speaker, span.language) for line in lines for span in line.spans
    ]


def test_a_name_before_a_paragraph_makes_its_quotes_theirs_and_without_quotes_the_whole(file):
    lines = list(read(file, TALE).lines())
    assert said(lines)[:4] == [
        ("“Are you awake?”", "Fox", ""), ("“I am.”", "Fox", ""),
        ("I am always awake.", "Owl", ""), ("It is night.", "Owl", ""),
    ]


def test_the_line_shown_is_the_line_written_without_its_marks(file):
    texts = [paragraph.text for chapter in read(file, TALE).chapters for paragraph in chapter.paragraphs]
    assert texts == [
        "The moon rose.",
        "Fox: “Are you awake?” He yawned. “I am.”",
        "Owl: I am always awake. It is night.",
        "“Twelve,” said the hedgehog. “Buenas noches,” said the fox, “dormid bien”.",
    ]


def test_a_piece_in_the_midst_of_a_line_has_its_speaker_and_its_language(file):
    assert said(read(file, TALE).lines())[4:] == [("“Buenas noches,”", "Fox", "es"), ("“dormid bien”", "", "es")]


def test_lines_that_begin_with_a_name_are_paragraphs_of_their_own(file):
    story = read(file, "**Fox:** Hush.\n**Owl:** Why?\nHe looked up.")
    assert [one.text for one in story.chapters[0].paragraphs] == ["Fox: Hush.", "Owl: Why? He looked up."]


@pytest.mark.parametrize(
    "text",
    ["**Fox** slept.", r"\*\*Fox:\*\* slept.", "A **Fox: bold** one.", "**:** what?", "[^1] and [a link](x.html){.c}"],
)
def test_what_only_looks_like_a_mark_marks_nobody(file, text):
    assert said(read(file, text).lines()) == []


@pytest.mark.parametrize(
    "text",
    [
        'She said <span lang="es">buenas noches</span> softly.', "She said [buenas noches]{lang=es} softly.",
        "She said <i xml:lang='es'>buenas noches</i> softly.", "She said [buenas noches]{.x lang=\"es\"} softly.",
    ],
)
def test_a_language_is_marked_as_html_and_as_brackets(file, text):
    assert said(read(file, f"---\nlanguage: en\n---\n{text}").lines()) == [("buenas noches", "", "es")]


def test_words_in_the_story_s_own_language_are_no_other_language(file):
    assert said(read(file, "---\nlanguage: en\n---\nShe said [good night]{lang=en-GB}.").lines()) == []


def test_a_heading_with_marks_has_none_on_the_shelf(file):
    story = read(file, "# One\n\nIt slept.\n\n[Two]{Fox}\n---\n\nIt woke.\n\n# [Three]{lang=es}\n\nIt sat.")
    assert [chapter.title.count("\ue100") for chapter in story.chapters] == [0, 0, 0]


def test_the_front_matter_names_the_cast(file):
    assert read(file, TALE).cast == {"Fox": Role(pitch=0.25), "Owl": Role("espeak:gmw/en-GB", 0.8, 0.85)}
    assert read(file, TALE).remarks == ()


@pytest.mark.parametrize(
    ("cast", "roles"),
    [
        ("cast: everybody", {}), ("cast:\n  - Fox\n  - Owl", {}), ("cast:\n  Fox: [1, 2]", {"Fox": Role()}),
        ("cast:\n  Fox: {pitch: growly, voice: Anna}", {"Fox": Role("Anna")}), ("cast:\n  Fox: {pitch: nan}",
        {"Fox": Role()}), ("cast:\n  Fox: {pitch: 9e99}", {"Fox": Role(pitch=1.0)}), ("cast:\n  '': low", {}),
        ("cast:\n  Fox: {pitch: {a: b}, voice: [x]}", {"Fox": Role()}),
    ],
)
def test_a_cast_that_makes_no_sense_refuses_no_story(file, cast, roles):
    story = read(file, f"---\ntitle: T\n{cast}\n---\nIt slept.")
    assert (story.title, story.cast) == ("T", roles)
    assert story.remarks or story.cast == {"Fox": Role(pitch=1.0)}


def test_a_cast_of_thousands_is_cut_short(file):
    roles = "\n".join(f"  Mouse {number}: low" for number in range(900))
    story = read(file, f"---\ntitle: T\ncast:\n{roles}\n---\nIt slept.")
    assert len(story.cast) == 60
    assert "60" in story.remarks[-1]


def test_the_shelf_keeps_who_speaks_and_how(file, shelf, library):
    story = read(file, TALE)
    there = shelf.add(story).id
    assert said(shelf.lines(there)) == said(story.lines()) == said(shelf.story(there).lines())
    assert said(shelf.lines(there, 3, 2)) == said(list(story.lines())[3:5])
    assert Casting(library).cast(there) == story.cast


def test_a_story_that_is_gone_for_good_takes_its_cast_with_it(file, shelf, library):
    there = shelf.add(read(file, TALE)).id
    library.write("DELETE FROM stories WHERE id = ?", (there,))
    assert library.rows("SELECT * FROM spans") == library.rows("SELECT * FROM roles") == []


def test_the_same_text_spoken_by_others_is_another_story(shelf):
    shelf.add(manuscript(text="Hush, said he. Hush."))
    assert not shelf.add(manuscript(text=f"{marked('Hush,', 'Fox')} said he. Hush.")).already
    assert shelf.add(manuscript(text="Hush, said he. Hush.")).already


def test_a_parent_edits_the_marks_as_text(file, shelf):
    there = shelf.add(read(file, TALE)).id
    text = shelf.text(there)
    assert "**Fox:** “Are you awake?” He yawned. “I am.”" in text
    assert "[“Buenas noches,”]{Fox, lang=es}" in text
    was = said(shelf.lines(there))
    shelf.edit(there, text=text.replace("The moon", "A moon"))
    assert said(shelf.lines(there)) == was
    shelf.edit(there, text=shelf.text(there).replace("**Owl:** ", ""))
    assert [one for one in said(shelf.lines(there)) if one[1] == "Owl"] == []


NAMES = st.sampled_from(["Fox", "Grandfather Owl", "Mia’s mother", ""])
TONGUES = st.sampled_from(["es", "de-AT", ""])
WORDS = st.text(alphabet=string.ascii_letters + " .,!?“”\"[]{}*\\<>_#=:—'’\n", max_size=40)


@given(st.lists(st.tuples(WORDS, NAMES, TONGUES), min_size=1, max_size=6))
@example([("#[a]{Fox}", "", "")])
@example([("**Fox:** ", "", ""), ("a", "Fox", "")])
@example([("Fox: ", "", ""), ("# a", "Fox", "es")])
def test_what_a_parent_edits_reads_in_as_the_same_lines_spoken_by_the_same(pieces):
    text = "".join(marked(" ".join(words.split(" ")).strip(), *who) + " " for words, *who in pieces)
    was = to_chapters([("", [text])], "en")
    assert editable.from_text(editable.to_text(was), "en") == was


@given(st.text(alphabet="ab .\n\ue100\ue101\ue102\ue103\ue104\ue105", max_size=60))
def test_marks_that_came_out_of_order_are_read_without_harm(text):
    bare, spans, stressed = unmarked(text)
    assert all(one.start >= 0 and one.length > 0 and one.end <= len(bare) for one in (*spans, *stressed))
    for line in (line for chapter in to_chapters([("", [text])]) for line in chapter.lines()):
        assert all(0 <= span.start < span.end <= len(line.text) for span in line.spans)


def whose(text, spans):
    return [next((one.speaker for one in spans if one.start <= at < one.end), "")
            for at, letter in enumerate(text) if letter.isalnum()]


@given(WORDS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), NAMES), max_size=4))
def test_each_line_of_a_paragraph_has_its_part_of_the_spans(text, places):
    text = " ".join(text.split())
    if not text:
        return
    edges = sorted({0, len(text), *(min(len(text), edge) for begin, end, _ in places for edge in (begin, end))})
    names = [name for *_, name in places] or [""]
    runs = [(a, b, names[number % len(names)], "") for number, (a, b) in enumerate(pairwise(edges))]
    spans = spans_of(text, runs)
    lines = to_paragraph(text, spans=spans).lines
    assert shared_out(lines, gathered(lines)) == lines
    # Every letter is whose it was; marks alone may fall to nobody where a line is cut.
    assert whose(text, gathered(lines)) == whose(text, spans)
    assert overlaid(text, spans, ()) == overlaid(text, (), spans) == spans


def test_where_two_marks_meet_the_upper_one_fills_what_the_lower_leaves_open():
    text = "I say buenas noches to you."
    assert overlaid(text, (Span(0, 27, "Fox"),), (Span(6, 13, "", "es"),)) == (
        Span(0, 5, "Fox"), Span(6, 13, "Fox", "es"), Span(20, 7, "Fox"),
    )


@pytest.mark.parametrize("name", ["", "  ", "…", "a" * 61, "a]b", "a{b}", "x\ue100"])
def test_what_is_no_name_speaks_nowhere(name):
    assert name_of(name) == ""


def test_a_cast_is_heard_where_the_story_s_own_words_name_it_however_it_is_spelled(file):
    story = read(file, "---\nlanguage: en\ncast:\n  fox: low\n---\n“Ten,” said the fox.\n\n“Why?” asked Mia.")
    assert (said(story.lines()), story.cast) == ([("“Ten,”", "Fox", "")], {"Fox": Role(pitch=0.25)})


def test_a_cast_changes_no_mark_that_is_there(file):
    front = "---\nlanguage: en\ncast:\n  Fox: low\n---\n"
    story = read(file, front + "[“Ten,”]{Hedgehog} said the fox. “[Buenas noches]{lang=es},” said the fox.")
    assert said(story.lines()) == [("“Ten,”", "Hedgehog", ""), ("Buenas noches", "Fox", "es")]


@pytest.mark.parametrize(
    "piece", ['<span lang="es">', "[a]{", "[", "**Fox:** ", "‘", "“", "[a]{Fox}", "<i lang=es>b</i>"]
)
def test_marks_without_an_end_are_read_as_fast_as_any_text(file, piece):
    assert read(file, "Once. " + piece * 20_000 + " End.").chapters


def test_the_example_of_the_readme_is_read_as_it_says(file):
    readme = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
    story = read(file, readme.partition("```markdown\n")[2].partition("```")[0])
    assert said(story.lines()) == [
        ("“Are you awake?”", "Fox", ""), ("“Of course,”", "Owl", ""), ("“Good night!”", "Mouse", ""),
        ("buenas noches", "", "es"),
    ]
    assert (list(story.cast), story.remarks) == (["Fox", "Owl"], ())
