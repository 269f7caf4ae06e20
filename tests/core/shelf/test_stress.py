"""What a book stresses is kept beside the line that it stands in, and changes no letter of the text."""

import shutil
import string
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storytime.core.database import open_library
from storytime.core.paths import Paths
from storytime.core.shelf import editable, stress
from storytime.core.shelf.intake import read_story
from storytime.core.shelf.markup import read_marks
from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.read_markdown import parse, plain
from storytime.core.shelf.rows import name_of
from storytime.core.shelf.shelf import Shelf
from storytime.core.shelf.spans import marked
from tests.core.shelf.books import METADATA, book
from tests.core.shelf.conftest import manuscript

LIBRARIES = Path(__file__).parents[2] / "libraries"
FRONT = "---\nlanguage: {}\n---\n"


def loud(lines):
    """What is stressed, in the order of the text."""
    return [line.text[one.start : one.end] for line in lines for one in line.stressed]


@pytest.fixture
def read(file):
    def reading(text, language="en"):
        return read_story(file("a-tale.md", FRONT.format(language) + text))

    return reading


@pytest.fixture
def read_book(tmp_path):
    def reading(body, language="en"):
        return read_story(book(tmp_path / "book.epub", {"a": body}, metadata=METADATA.replace("en-gb", language)))

    return reading


@pytest.mark.parametrize(
    ("written", "stressed"),
    [
        ("You must *not* go.", ["not"]),
        ("She was **very, very** tired.", ["very, very"]),
        ("*You* did it? Yes, _you_.", ["You", "you"]),
        ("“But *you*’re it,” said Mia.", ["you’re"]),
        ("He said *no*, and <em>again</em> no.", ["no", "again"]),
        ("Then *I* went, and I *never* saw it.", ["I", "never"]),
        ("It was ***huge***, and _so **very** old_.", ["huge", "so very old"]),
        ("She shouted *NOW* and *3* geese came.", ["NOW", "3"]),
        (r"Not \*so\* but *so*.", ["so"]),
        ("Hush,\n*little* one.", ["little"]),
    ],
)
def test_a_few_words_that_a_book_stresses_are_kept(read, written, stressed):
    assert loud(read(written).lines()) == stressed


@pytest.mark.parametrize(
    "written",
    [
        "*What now?* she thought.",
        "“*No!*” said the fox. — He went.",
        "*So it was.* And then?",
        "He had read *The Hobbit* twice.",
        "*The Hobbit* is a long book.",
        "The ship was the *Margaret*.",
        "They saw *that nobody was there at* all.",
        "**O**nce there was a fox.",
        "He said [*muy bien*]{lang=es} to her.",
        "**The First Night**",
        "# The *very* first\n\nIt slept.",
    ],
)
def test_what_is_set_apart_but_said_like_the_rest_is_not_stressed(read, written):
    assert loud(read(written).lines()) == []


def test_a_german_noun_is_no_name_for_its_capital(read):
    german = "Es war *der Mond* und kein *Stern*. Er las *Der Hobbit* und *Die Unendliche Geschichte*."
    assert loud(read(german, "de").lines()) == ["Stern"]
    assert loud(read("It was no *Star* at all.").lines()) == []


@pytest.mark.parametrize("element", ["em", "strong", "i", "b"])
def test_a_book_s_own_emphasis_is_kept(read_book, element):
    story = read_book(f"<h1>The <{element}>very</{element}> End</h1><p>You <{element}> must</{element}>\nnot go.</p>")
    assert ([one.title for one in story.chapters], [line.text for line in story.lines()]) == (
        ["The very End"], ["You must not go."],
    )
    assert loud(story.lines()) == ["must"]


def test_emphasis_inside_of_emphasis_is_one(read_book):
    assert loud(read_book("<p>It was <i>so <b>very</b></i> old.</p>").lines()) == ["so very"]
    assert loud(read_book("<p>It was <i>so <b>very much</b> like</i> her.</p>").lines()) == []


def test_a_book_that_says_why_it_sets_words_apart_stresses_none(read_book):
    body = '<p>The <i epub:type="z3998:ship">good boat</i> and <i lang="fr">bonne nuit</i>, <i>please</i>.</p>'
    assert loud(read_book(body).lines()) == ["please"]


def test_an_empty_heading_of_a_book_is_still_none(read_book):
    assert [one.title for one in read_book("<h1><i> </i><b></b></h1><p>It slept.</p>").chapters] == [""]


ODDS = "the The fox I said, “No!” Mia ’s don’t end. Why? 12 — … und é e\u0301 a_b [x] & <3 \\"
WORDS = st.sampled_from(ODDS.split())
MARKS = st.sampled_from(["{}", "{}", "{}", "*{}*", "**{}**", "_{}_", "<em>{}</em>", "<b>{}</b>", "*{}", "{}_"])


@given(st.lists(st.tuples(WORDS, MARKS), min_size=1, max_size=16))
@example([("fox", "***{}**")])
@example([("a", "{}")])
def test_what_is_stressed_changes_no_letter_of_the_text_and_is_whole_words(words):
    letters = {"*": "", "_": "", "<em>": stress.BEGINS, "</em>": stress.ENDS, "<b>": stress.BEGINS, "</b>": stress.ENDS}
    text = " ".join(mark.format(word) for word, mark in words)
    for written, mark in letters.items():
        text = text.replace(written, mark)
    told, plain = (to_chapters([("", [one])]) for one in (text, stress.without(text)))
    assert [(one.text, one.after, one.pause) for chapter in told for one in chapter.lines()] == [
        (one.text, one.after, one.pause) for chapter in plain for one in chapter.lines()
    ]
    assert_whole_words(told)


LETTERS = st.text(alphabet="ab AI.,!?“”’*_\n\ue104\ue105e\u0301—é", max_size=60)


@given(LETTERS)
def test_wherever_marks_of_stress_stand_the_lines_are_those_without_them(text):
    told, plain = (to_chapters([("", [one])]) for one in (text, stress.without(text)))
    assert [(one.text, one.after, one.pause) for chapter in told for one in chapter.lines()] == [
        (one.text, one.after, one.pause) for chapter in plain for one in chapter.lines()
    ]
    assert_whole_words(told)


def assert_whole_words(chapters):
    for line in (line for chapter in chapters for line in chapter.lines()):
        last = 0
        for one in line.stressed:
            assert last <= one.start < one.end <= len(line.text)
            assert line.text[one.start].isalnum()
            assert not line.text[one.start - 1 : one.start].isalnum()
            assert not line.text[one.end : one.end + 1].isalnum()
            assert len(line.text[one.start : one.end].split()) <= stress.MOST_WORDS
            last = one.end


@given(st.text(alphabet="ab AI.,!?“”’*_<>&;[]{}~`e\u0301/", max_size=60))
@example("<em>a</em> *b* **c _d_** ***e* f**")
@example("&*amp*; <*b*>")
@example("a</em>")
def test_a_markdown_text_has_the_words_that_it_has_without_its_stress(text):
    (told,) = parse(f"So {text}")[0].texts
    assert stress.without(told) == plain(f"So {text}".strip(), read_marks)


PIECES = st.text(alphabet=string.ascii_letters + " .,!?“”[]{}*\\<_#:—'’\n", max_size=24)
WHO = st.sampled_from([("", ""), ("", ""), ("Fox", ""), ("", "es"), ("Mia’s owl", "de")])


@given(st.lists(st.tuples(PIECES, st.booleans(), WHO), min_size=1, max_size=8))
@example([("Fox: ", False, ("", "")), ("a", True, ("Fox", "")), ("b*", True, ("", ""))])
@example([("*", False, ("", "")), ("very", True, ("", "")), ("\\", False, ("", ""))])
def test_what_a_parent_edits_reads_in_as_the_same_lines_stressed_alike(pieces):
    told = (stress.marked(words) if is_loud else words for words, is_loud, _ in pieces)
    text = " ".join(marked(words.strip(), *who) for words, (_, _, who) in zip(told, pieces, strict=True))
    was = to_chapters([("", [text])], "en")
    assert editable.from_text(editable.to_text(was), "en") == was


def test_a_parent_stresses_words_in_the_text_and_takes_that_back(shelf):
    there = shelf.add(manuscript(text="You must not go. **Fox:** Why?")).id
    shelf.edit(there, text="You must *not* go.\n\n**Fox:** But *why* me?")
    assert [line.text for line in shelf.lines(there)] == ["You must not go.", "Fox: But why me?"]
    assert loud(shelf.lines(there)) == loud(shelf.story(there).lines()) == ["not", "why"]
    assert loud(shelf.lines(there, 1, 1)) == ["why"]
    assert shelf.text(there) == "You must *not* go.\n\n**Fox:** But *why* me?\n"
    shelf.edit(there, text=shelf.text(there).replace("*not*", "not"))
    assert loud(shelf.lines(there)) == ["why"]


def test_stars_that_a_text_is_written_with_stay_as_they_are(shelf, file):
    there = shelf.add(read_story(file("stars.txt", "She was *very* tired, and so was the moon."))).id
    assert shelf.text(there) == "She was \\*very\\* tired, and so was the moon.\n"
    shelf.edit(there, text=shelf.text(there).replace("moon", "owl"))
    assert shelf.lines(there)[0].text == "She was *very* tired, and so was the owl."


def test_the_same_text_stressed_otherwise_is_the_same_story(read, shelf):
    plain, stressed = read("You must not go."), read("You must *not* go.")
    assert name_of(plain) == name_of(stressed)
    shelf.add(plain)
    assert shelf.add(stressed).already


def test_a_speech_is_as_long_with_stress_in_it_as_without(read):
    plain, stressed = (read(f"[“{word}!”]{{Fox}} said he, [hola {word}!]{{lang=es}}.") for word in ("No", "*No*"))
    assert [line.spans for line in stressed.lines()] == [line.spans for line in plain.lines()]


def test_a_story_that_is_gone_for_good_leaves_no_stress_behind(read, shelf, library):
    there = shelf.add(read("You must *not* go.")).id
    library.write("DELETE FROM stories WHERE id = ?", (there,))
    assert library.rows("SELECT * FROM stressed") == []


def test_a_library_of_before_is_backed_up_and_keeps_what_is_stressed_from_then_on(home):
    shutil.copytree(LIBRARIES / "0.1.0", home)
    library = open_library(Paths(home))
    shelf = Shelf(library, library.paths)
    fox = shelf.find("The Fox Who Stayed")
    assert loud(shelf.lines(fox.id)) == []
    assert list(library.paths.backups.glob("*.db"))
    shelf.edit(fox.id, text=shelf.text(fox.id).replace("you awake", "*you* awake"))
    library.close()
    library = open_library(Paths(home))
    assert loud(Shelf(library, library.paths).lines(fox.id)) == ["you"]
    assert Shelf(library, library.paths).card(fox.id).place == 2
    library.close()


@pytest.mark.parametrize("piece", ["*a* ", "**a ", "<em>a ", "_a_ ", "<i>a</i>", "*", "***a* b** "])
def test_a_book_of_nothing_but_emphasis_is_read_as_fast_as_any(read, piece):
    assert read("Once. " + piece * 20_000 + " End.").chapters
