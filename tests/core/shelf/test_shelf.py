import json
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storytime.core.errors import DiskFull, StoryAmbiguous, StoryNotFound
from storytime.core.paths import shipped
from storytime.core.shelf.editable import follow
from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.read_text import read_text
from storytime.core.shelf.story import Manuscript
from tests.core.shelf.conftest import manuscript
from tests.core.shelf.test_read_epub import PNG


def titles(shelf, query=""):
    return [card.title for card in shelf.cards(query)]


def everything(library):
    tables = ("stories", "chapters", "lines", "tray", "stocked")
    return {table: library.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables}


def test_a_story_comes_back_as_it_went_in(shelf):
    story = manuscript(
        text="It slept. It dreamt.\n\nHush,\nlittle one.\n\n* * *\n\nEnd.", author="Ann", ages="4-8", mood="slow"
    )
    added = shelf.add(story)
    assert shelf.story(added.id).chapters == story.chapters
    card = shelf.card(added.id)
    assert (card.title, card.author, card.ages, card.mood, card.lines, card.words) == (
        "The Fox",
        "Ann",
        "4-8",
        "slow",
        5,
        8,
    )
    assert card.minutes == pytest.approx((8 * 60 / 140 + sum(line.pause for line in story.lines())) / 60)


def test_adding_the_same_story_twice_adds_nothing(shelf, library):
    first = shelf.add(manuscript(source="fox.txt"))
    before = everything(library)
    again = shelf.add(manuscript(source="another name.txt"))
    assert (again.id, again.already) == (first.id, True)
    assert everything(library) == before


def test_an_edited_story_is_still_known_when_its_file_is_added_again(shelf):
    first = shelf.add(manuscript())
    shelf.edit(first.id, title="Our Fox", text="It ran.")
    assert shelf.add(manuscript()).already


def test_a_story_in_the_attic_is_brought_down_by_adding_it_again(shelf):
    first = shelf.add(manuscript())
    shelf.to_attic(first.id)
    again = shelf.add(manuscript())
    assert (again.id, again.already, titles(shelf)) == (first.id, False, ["The Fox"])


def test_of_many_all_are_added_or_none(shelf, library):
    bad = replace(manuscript("Bad"), minutes="no number")
    before = everything(library)
    with pytest.raises(sqlite3.Error):
        shelf.add_many([manuscript("Good"), bad])
    assert everything(library) == before
    assert shelf.count("good") == 0


def test_on_a_full_disk_nothing_half_added_remains(shelf, library):
    before = everything(library)
    pages = library.row("PRAGMA page_count")[0]
    library.connection.execute(f"PRAGMA max_page_count = {pages + 8}")
    with pytest.raises(DiskFull):
        shelf.add(manuscript(text=" ".join(f"Line {number} slept." for number in range(20000))))
    assert everything(library) == before
    assert shelf.cards("slept") == []


def test_lines_are_fetched_by_their_number(shelf):
    story = shelf.add(manuscript(text=" ".join(f"Line {number} slept." for number in range(50)))).id
    assert [line.text for line in shelf.lines(story, 20, 2)] == ["Line 20 slept.", "Line 21 slept."]
    assert len(shelf.lines(story, 48, 8)) == 2
    assert len(shelf.lines(story)) == 50


def test_a_line_is_fetched_by_a_seek_and_not_by_a_walk(library):
    plan = library.rows(
        "EXPLAIN QUERY PLAN SELECT text FROM lines WHERE story = 1 AND number >= 5 AND number < 9 ORDER BY number"
    )
    assert "USING PRIMARY KEY (story=? AND number>? AND number<?)" in plan[0][3]
    assert len(plan) == 1


def test_search_finds_titles_before_tellers_before_text(shelf):
    shelf.add(manuscript("The Sea", "A lantern burnt."))
    shelf.add(manuscript("An Old Lantern", "It slept."))
    shelf.add(manuscript("The Hill", "It slept.", author="Lanternjack"))
    shelf.add(manuscript("Lanterns", "It slept."))
    assert titles(shelf, "lantern") == ["Lanterns", "The Hill", "An Old Lantern", "The Sea"]
    assert shelf.count("lantern") == 4


def test_one_word_may_stand_in_the_title_and_the_next_in_the_text(shelf):
    shelf.add(manuscript("The Fox", "The moon rose.", author="Ann"))
    assert titles(shelf, "ann fox moo") == ["The Fox"]


TYPED = {"BAR": 1, "bär": 1, "ba\u0308r": 1, "gross": 0, "groß schl": 1, "schl fehlt": 0, "é": 1, "d'accord": 1}
TYPED |= {"a_b": 1, "a_z": 0, "½": 0, "\0": 0, "  ": 1, "...": 0, "\"'*()^-:AND": 0}


@pytest.mark.parametrize(("query", "found"), TYPED.items())
def test_search_takes_words_as_they_are_typed(shelf, query, found):
    shelf.add(manuscript("Der große Bär", "Er schlief, d'accord."))
    assert len(shelf.cards(query)) == shelf.count(query) == found


@given(st.text(max_size=12))
def test_no_query_breaks_the_search(query):
    from storytime.core.shelf.search import matching

    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(w, detail=none, tokenize='unicode61 remove_diacritics 2')")
    if wanted := matching(query):
        assert connection.execute("SELECT 1 FROM t WHERE t MATCH ?", (wanted,)).fetchall() == []


def test_pages_of_a_search_join_without_gap_or_double(shelf):
    shelf.add_many(manuscript(f"Moon {number:02}", "The moon.") for number in range(25))
    whole = shelf.cards("moon")
    paged = [card for offset in range(0, 30, 7) for card in shelf.cards("moon", offset=offset, limit=7)]
    assert len(whole) == 25
    assert sorted(card.id for card in paged) == sorted(card.id for card in whole)


def test_the_newest_of_the_familys_stories_stands_first_and_the_shipped_ones_after(shelf):
    shelf.add_many([manuscript("Shipped 1"), manuscript("Shipped 2")], shipped=True)
    shelf.add(manuscript("Ours"))
    shelf.add(manuscript("Newest"))
    assert titles(shelf) == ["Newest", "Ours", "Shipped 1", "Shipped 2"]
    assert [card.title for card in shelf.cards(offset=1, limit=2)] == ["Ours", "Shipped 1"]


def test_a_story_is_found_by_number_title_or_part_of_it(shelf):
    fox = shelf.add(manuscript("The Fox Who Counted")).id
    bear = shelf.add(manuscript("The Bear")).id
    assert shelf.find(str(fox)).id == fox
    assert shelf.find("the bear").id == bear
    assert shelf.find("counted").id == fox
    with pytest.raises(StoryAmbiguous, match="The Bear"):
        shelf.find("the")
    for nobody in ("99", "wolf", "", "9" * 40):
        with pytest.raises((StoryNotFound, StoryAmbiguous)):
            shelf.find(nobody)


def test_an_exact_title_is_not_ambiguous(shelf):
    shelf.add(manuscript("The Fox Again"))
    fox = shelf.add(manuscript("The Fox")).id
    assert shelf.find("The Fox").id == fox


def test_the_attic_hides_a_story_everywhere_and_gives_all_of_it_back(shelf, library):
    story = shelf.add(manuscript(author="Ann", cover=PNG)).id
    shelf.lay_out(story)
    shelf.keep_place(story, 1)
    before = everything(library)
    shelf.to_attic(story)
    assert (titles(shelf), shelf.count(), shelf.tray(), shelf.cards("fox"), shelf.cards("moon")) == ([], 0, [], [], [])
    with pytest.raises(StoryNotFound):
        shelf.card(story)
    shelf.from_attic(story)
    assert everything(library) == before
    assert (shelf.tray(), len(shelf.cards("moon")), shelf.cover_bytes(story)) == ([story], 1, PNG)


def test_an_edit_changes_what_it_is_given_and_what_is_found(shelf):
    story = shelf.add(manuscript(author="Ann")).id
    shelf.edit(story, title="The Wolf", text="The wolf slept.\n\nHush,\nwolf.")
    assert shelf.card(story).author == "Ann"
    assert [line.text for line in shelf.lines(story)] == ["The wolf slept.", "Hush,", "wolf."]
    assert (shelf.count("fox"), shelf.count("moon"), shelf.count("wolf"), shelf.count("hush")) == (0, 0, 1, 1)


@pytest.mark.parametrize("text", ["", "  \n", "* * *"])
def test_an_edit_that_leaves_no_words_leaves_the_text(shelf, text):
    story = shelf.add(manuscript()).id
    shelf.edit(story, title=" ", text=text)
    assert (shelf.card(story).title, len(shelf.lines(story))) == ("The Fox", 2)


def test_the_ribbon_goes_with_its_line(shelf):
    story = shelf.add(manuscript(text="One slept. Two slept. Three slept.")).id
    shelf.keep_place(story, 2)
    shelf.edit(story, text="New. More. One slept. Two slept. Three slept. End.")
    assert shelf.lines(story, shelf.place(story), 1)[0].text == "Three slept."


@given(
    st.integers(-3, 40),
    st.lists(st.sampled_from("abc"), max_size=8),
    st.lists(st.sampled_from("abc"), min_size=1, max_size=8),
)
def test_the_ribbon_never_leaves_the_text(place, was, now):
    def lines(words):
        return to_chapters([("", [f"Word {word}." for word in words])])

    old = [line for chapter in lines(was) for line in chapter.lines()]
    assert 0 <= follow(place, old, lines(now)) < len(now)


@pytest.mark.parametrize(("line", "kept"), [(1, 1), (0, 0), (2, 0), (99, 0), (-1, 0)])
def test_past_the_end_is_the_beginning(shelf, line, kept):
    story = shelf.add(manuscript()).id
    shelf.keep_place(story, line)
    assert shelf.place(story) == kept


def test_the_tray_holds_three_in_order(shelf):
    one, two, three, four = (shelf.add(manuscript(f"Story {number}")).id for number in range(4))
    assert [shelf.lay_out(story) for story in (two, one, two, three, four)] == [True, True, True, True, False]
    assert shelf.tray() == [two, one, three]
    shelf.take_from_tray(one)
    shelf.take_from_tray(four)
    shelf.arrange([three, two])
    assert shelf.tray() == [three, two]
    with pytest.raises(ValueError, match="1"):
        shelf.arrange([one, two, three, four])


def test_a_cover_is_kept_beside_the_library(shelf, paths):
    with_cover, without = shelf.add(manuscript(cover=PNG)).id, shelf.add(manuscript("Plain")).id
    assert shelf.cover_bytes(with_cover) == PNG
    assert shelf.cover_bytes(without) is None
    assert (shelf.card(with_cover).has_cover, shelf.card(without).has_cover) == (True, False)
    next(paths.covers.iterdir()).unlink()
    assert shelf.cover_bytes(with_cover) is None


def test_the_shipped_stories_are_there_once_and_stay_away_when_put_away(shelf):
    added = shelf.stock(shipped("stories"))
    cards = shelf.cards()
    assert len(added) == len(cards) == 12
    assert all(card.shipped for card in cards)
    assert sorted(card.language for card in cards if card.language != "en") == ["de", "es"]
    shelf.to_attic(cards[0].id)
    assert shelf.stock(shipped("stories")) == []
    assert shelf.count() == 11


def test_every_act_that_changes_what_is_seen_says_so(shelf):
    said = []
    shelf.changed.connect(lambda: said.append(1))
    story = shelf.add(manuscript()).id
    shelf.lay_out(story)
    shelf.edit(story, title="New")
    shelf.to_attic(story)
    shelf.from_attic(story)
    assert len(said) == 5
    shelf.add(manuscript())
    shelf.keep_place(story, 1)
    assert len(said) == 5


def test_cards_can_be_written_as_json(shelf):
    shelf.add(manuscript())
    from dataclasses import asdict

    assert json.loads(json.dumps([asdict(card) for card in shelf.cards()]))[0]["has_cover"] is False


def test_a_story_with_strange_characters_is_kept(shelf, file):
    path = file("x.txt", "")
    story = read_text(path, "Ünï 🦊 slept.\u200d Zzz\u0007.".encode())
    assert shelf.story(shelf.add(story).id).chapters == story.chapters


def test_a_chapter_s_title_stands_before_its_first_line_wherever_the_asking_begins(shelf):
    chapters = to_chapters([("", ["One. Two."]), ("Second", ["Three. Four."]), ("Third", ["Five."])])
    story = shelf.add(Manuscript("Heads", chapters)).id
    assert shelf.heads(story, 0, 5) == {2: "Second", 4: "Third"}
    assert shelf.heads(story, 2, 1) == {2: "Second"}
    assert shelf.heads(story, 3, 9) == {4: "Third"}
    assert shelf.heads(story, 9, 9) == {}
