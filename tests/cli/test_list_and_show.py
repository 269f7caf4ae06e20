"""What `storytime list` and `storytime show` promise."""

from itertools import chain


def test_the_list_tells_of_every_story_the_same_things(document):
    cards = document("list")
    assert len(cards) == 12
    for card in cards:
        assert list(card) == ["id", "title", "author", "language", "lines", "words", "minutes", "source"]


def test_a_search_finds_by_words_of_the_text(document):
    assert "The Lamp in the Lighthouse" in [card["title"] for card in document("list", "lighthouse")]


def test_a_search_that_finds_nothing_is_an_empty_list_and_no_failure(document, call):
    assert document("list", "xylophonist") == []
    assert "xylophonist" in call("list", "xylophonist").stderr


def test_a_person_reads_numbers_and_titles(call):
    first = call("list").stdout.splitlines()[0]
    assert first.split()[0].isdecimal()
    assert "min)" in first


def test_lines_are_counted_from_0_over_the_whole_story_and_headings_are_no_lines(call, document, tmp_path):
    tale = tmp_path / "two.md"
    tale.write_text("# Two Chapters\n\n## One\n\nFirst line. Second line.\n\n## Two\n\nThird line.\n")
    id = document("add", tale)["added"][0]
    story = document("show", id)
    lines = list(chain.from_iterable(chapter["lines"] for chapter in story["chapters"]))
    assert [chapter["title"] for chapter in story["chapters"]] == ["One", "Two"]
    assert [line["index"] for line in lines] == [0, 1, 2]
    assert [line["text"] for line in lines] == ["First line.", "Second line.", "Third line."]
    assert all(0 <= line["pause"] <= 2 for line in lines)


def test_what_a_story_stresses_is_told_by_its_place_in_the_line(call, document, tmp_path):
    tale = tmp_path / "not.md"
    tale.write_text("# Not\n\nYou must *not* go. Good night.\n")
    id = document("add", tale)["added"][0]
    lines = document("show", id)["chapters"][0]["lines"]
    assert [line.get("stressed") for line in lines] == [[{"start": 9, "length": 3}], None]
    assert "You must not go." in call("show", id).stdout


def test_a_story_is_found_by_its_number_and_by_a_part_of_its_title(document):
    by_part = document("show", "lighthouse")
    assert document("show", by_part["id"]) == by_part
    assert by_part["title"] == "The Lamp in the Lighthouse"
    assert len(list(chain.from_iterable(c["lines"] for c in by_part["chapters"]))) == by_part["lines"]


def test_a_part_that_several_titles_share_names_them(call):
    result = call("show", "the")
    assert result.exit_code == 1
    assert "could be" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_story_that_is_not_there_is_said_so(call):
    result = call("show", "no such tale", "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "no such tale" in result.stderr


def test_letters_of_every_language_are_printed_as_they_are(document):
    assert document("show", "luna")["language"] == "es"


def test_a_line_that_somebody_speaks_says_who_and_every_other_line_is_as_ever(document, tmp_path):
    tale = tmp_path / "two.md"
    tale.write_text("# Two Foxes\n\nThe moon rose.\n\n**Fox:** Hush, [amigo]{lang=es}.\n")
    first, second = document("show", document("add", tale)["added"][0])["chapters"][0]["lines"]
    assert list(first) == ["index", "text", "pause"]
    assert second["text"] == "Fox: Hush, amigo."
    assert second["spans"] == [
        {"start": 5, "length": 5, "speaker": "Fox", "language": ""},
        {"start": 11, "length": 5, "speaker": "Fox", "language": "es"},
    ]
