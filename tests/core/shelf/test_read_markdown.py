import pytest

from storytime.core.errors import CannotRead
from storytime.core.shelf.intake import order_of, read_story

FRONT = """---
title: The Fox
author: Aunt Bridie
language: pt_br
ages: 4-8
mood: slow
minutes: 7.5
order: 3
note: Read it slowly.
---
"""


def read(file, text, name="a-tale.md"):
    return read_story(file(name, text))


def shape(story):
    return [(chapter.title, [paragraph.text for paragraph in chapter.paragraphs]) for chapter in story.chapters]


def test_front_matter_says_what_the_story_is(file):
    story = read(file, FRONT + "It slept.")
    facts = (story.title, story.author, story.language, story.ages, story.mood, story.minutes, story.note, story.source)
    expected = ("The Fox", "Aunt Bridie", "pt-BR", "4-8", "slow", 7.5, "Read it slowly.", "a-tale.md")
    assert facts == expected


@pytest.mark.parametrize(
    "title", ["2024-05-01", "1:30", "no", "007", "3.10", "null", "~", "The Fox: A Tale", "'Tis night"]
)
def test_a_title_stays_as_it_was_written(file, title):
    assert read(file, f"---\ntitle: {title}\nauthor: A\n---\nIt slept.").title == title


@pytest.mark.parametrize(
    "front",
    [
        "title: !!python/object/apply:os.system ['true']",
        "title: [" * 3000,
        "a: &a [x]\ntitle: [*a, *a]",
        "- a\n- b",
        "",
        ":",
    ],
)
def test_strange_front_matter_harms_nothing(file, front):
    assert list(read(file, f"---\n{front}\n---\n\nIt slept.\n").lines())


def test_headings_are_chapters_and_no_lines(file):
    story = read(file, "# The Fox\n\n## One\n\nIt slept.\n\nTwo\n---\n\nIt woke.\n\n### Three ###\nIt ran.\n")
    assert story.title == "The Fox"
    assert shape(story) == [("One", ["It slept."]), ("Two", ["It woke."]), ("Three", ["It ran."])]


def test_marks_are_left_out_of_what_is_spoken(file):
    text = (
        "*Hush*, **said** _she_. ***Now*** `sleep`, [my dear](http://x.y), snake_case ~~no~~ \\*star\\*.[^1]\n"
        "<!-- unheard\n\nunheard -->![moon](moon.png)&amp; <em>dream</em> 2 * 3 * 4."
    )
    spoken = "Hush, said she. Now sleep, my dear, snake_case no *star*. & dream 2 * 3 * 4."
    assert shape(read(file, text)) == [("", [spoken])]


def test_soft_breaks_are_joined_and_hard_breaks_are_verse(file):
    story = read(file, "The moon\nrose.\n\nHush  \nlittle\\\none.\n")
    assert shape(story) == [("", ["The moon rose.", "Hush\nlittle\none."])]


def test_quotes_lists_and_rules_lose_their_marks(file):
    story = read(file, "> Hush, she\n> said.\n\n- bath\n- teeth\n\n* * *\n\nAt last.\n")
    assert shape(story) == [("", ["Hush, she said.", "bath", "teeth", "At last."])]
    assert [line.pause for line in story.lines()][2] > 1


def test_a_text_file_with_front_matter_is_read_as_one(file):
    assert read(file, FRONT + "It *slept*.", "a.txt").title == "The Fox"


@pytest.mark.parametrize("text", ["", "\n\n", FRONT, "# Only a heading\n", "![moon](moon.png)"])
def test_a_file_with_nothing_to_read_is_refused(file, text):
    with pytest.raises(CannotRead):
        read(file, text)


def test_shipped_stories_stand_in_the_order_they_ask_for(file):
    paths = [file("a.md", "---\norder: 10\n---\nA."), file("b.md", "---\norder: 9\n---\nB."), file("c.md", "C.")]
    assert [path.name for path in sorted(paths, key=order_of)] == ["b.md", "a.md", "c.md"]


def test_footnotes_and_the_addresses_of_links_are_not_read(file):
    text = (
        "It slept[^1] in [the moss][m].\n\n[^1]: As foxes do,\nand bears.\n\n[m]: https://moss.example/ 'Moss'\n\n"
        "[Narrator]: Good night.\n\nThe end."
    )
    assert shape(read(file, text)) == [("", ["It slept in the moss.", "[Narrator]: Good night.", "The end."])]


def test_things_that_are_counted_stand_each_on_its_own(file):
    text = "They took three things.\n\n1. A lamp.\n2. A rope,\nvery long.\n3. A bun.\n\nIt was in\n1984. All slept."
    told = ["They took three things.", "A lamp.", "A rope, very long.", "A bun.", "It was in 1984. All slept."]
    assert shape(read(file, text)) == [("", told)]
