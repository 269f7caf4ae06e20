"""What `storytime add` promises."""

import pytest


@pytest.fixture
def tale(tmp_path):
    file = tmp_path / "The Brave Snail.txt"
    file.write_text("There was a snail. It was brave.\n\nIt went home.", "utf-8")
    return file


def test_a_story_file_is_on_the_shelf_afterwards(document, tale):
    added = document("add", tale)
    (card,) = document("list", "brave snail")
    assert card["title"] == "The Brave Snail"
    assert added == {"added": [card["id"]], "already": [], "refused": []}


def test_the_same_file_twice_adds_nothing(document, tale):
    first = document("add", tale)
    again = document("add", tale)
    assert again == {"added": [], "already": first["added"], "refused": []}


def test_good_files_are_added_although_others_are_refused(document, tale, tmp_path):
    noise = tmp_path / "noise.txt"
    noise.write_bytes(b"\x00\x01\x02" * 50)
    told = document("add", noise, tale, tmp_path / "nowhere.txt", exit_code=1)
    assert len(told["added"]) == 1
    assert [one["path"] for one in told["refused"]] == [str(noise), str(tmp_path / "nowhere.txt")]
    assert all(one["reason"].startswith("It ") for one in told["refused"])


def test_a_refused_file_is_named_in_one_sentence(call, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.touch()
    result = call("add", empty)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "empty.txt" in result.stderr


def test_a_folder_is_searched_for_stories(document, tale, tmp_path):
    inner = tmp_path / "books" / "old"
    inner.mkdir(parents=True)
    tale.rename(inner / tale.name)
    (inner / "notes.csv").write_text("a,b")
    told = document("add", tmp_path / "books")
    assert len(told["added"]) == 1
    assert told["refused"] == []


def test_more_stories_than_one_transaction_takes_are_all_added(document, tmp_path):
    books = tmp_path / "books"
    books.mkdir()
    for number in range(120):
        (books / f"tale {number}.txt").write_text(f"This is tale number {number}. It ends.")
    assert len(document("add", books)["added"]) == 120


def test_a_folder_without_stories_is_said_to_be_one(call, tmp_path):
    (tmp_path / "nothing").mkdir()
    result = call("add", tmp_path / "nothing")
    assert result.exit_code == 1
    assert "No story was found there" in result.stderr


def test_nothing_named_is_a_wrong_use(call):
    assert call("add").exit_code == 2
