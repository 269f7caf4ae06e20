import pytest

from storytime.core.errors import CannotRead
from storytime.core.shelf.intake import read_story, story_files
from storytime.core.shelf.read_text import MOST_BYTES

STORY = "The Käse Moon\n\nThe moon was made of Käse. It slept – softly – “all night”.\n"
WRAPPED = """\
The Long Walk

The little hedgehog walked along the path that went beside the river, and
the river went beside the path, and neither of them was in any hurry at all
to get to the sea.

He stopped.

    Hush now, little one,
    The day is done,
    Sleep till the sun.

Then he walked on, because the night was mild and the stars had only just be-
gun to come out over the hill.
"""


def texts(story):
    return [paragraph.text for chapter in story.chapters for paragraph in chapter.paragraphs]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_common_encoding_reads_the_same(file, encoding):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    story = read_story(file("moon.txt", mark + STORY.encode(encoding)))
    assert story.title == "The Käse Moon"
    assert texts(story) == ["The moon was made of Käse. It slept – softly – “all night”."]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_ending_reads_the_same(file, ending):
    assert texts(read_story(file("moon.txt", STORY.replace("\n", ending)))) == texts(read_story(file("m.txt", STORY)))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"a\0b", "is not text"),
        ("Hallo".encode("utf-32"), "is not text"),
        ("Hallo".encode("utf-16-le"), "is not text"),
        (b"The moon\x81\x8d\x90", "is not text"),
        (b"\xff\xfe\x00\xd8", "is not text"),
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"  \n\t\n", "is empty"),
        ("… — …\n\n* * *".encode(), "holds no words"),
        (b"%PDF-1.7", "is a PDF"),
        (b"a" * (MOST_BYTES + 1), "holds over 20 MB of text"),
    ],
    ids=["nul", "utf-32", "no mark", "undefined", "half a pair", "empty", "a mark", "white", "dots", "pdf", "long"],
)
def test_what_is_no_text_is_refused_by_name_and_reason(file, data, why):
    with pytest.raises(CannotRead) as refused:
        read_story(file("bad.txt", data))
    assert str(refused.value).startswith(f"“bad.txt” was not added: it {why}")


def test_what_is_not_there_is_refused(tmp_path):
    with pytest.raises(CannotRead, match="is not there"):
        read_story(tmp_path / "gone.txt")


def test_a_folder_without_stories_is_refused(tmp_path):
    with pytest.raises(CannotRead, match="folder"):
        read_story(tmp_path)


def test_a_short_wrapped_text_is_known_for_one_however_long_its_song(file):
    song = "    Row, row, little boat,\n    Over the water,\n    Row, row, little boat,\n    Home to my daughter.\n\n"
    read = texts(read_story(file("walk.txt", WRAPPED.replace("He stopped.\n\n", "He stopped.\n\n" + 3 * song))))
    joined = texts(read_story(file("short.txt", WRAPPED)))
    assert [text for text in read if "Row" not in text] == joined
    assert sum(text.count("\n") for text in read if "Row" in text) == 9


def test_hard_wrapped_lines_are_joined_and_verse_is_not(file):
    story = read_story(file("walk.txt", WRAPPED))
    assert texts(story) == [
        "The little hedgehog walked along the path that went beside the river, and the river went beside the path, and "
        "neither of them was in any hurry at all to get to the sea.",
        "He stopped.",
        "Hush now, little one,\nThe day is done,\nSleep till the sun.",
        "Then he walked on, because the night was mild and the stars had only just be-gun to come out over the hill.",
    ]


def test_a_hyphen_at_a_lines_end_goes_where_the_word_is_known_without_it(file):
    known = WRAPPED + "\nIt had begun.\n"
    assert "the stars had only just begun to come out" in texts(read_story(file("walk.txt", known)))[3]


def test_a_paragraph_a_line_needs_no_blank_lines(file):
    one = "It was a night so quiet that even the clock in the hall held its breath for a while."
    assert texts(read_story(file("a.txt", f"{one}\n{one}\nShort.\n{one}\n"))) == [one, one, "Short.", one]


def test_chapters_are_found_and_headings_are_no_lines(file):
    story = read_story(
        file("b.txt", "Chapter One\n\nIt began.\n\nCHAPTER TWO: The Sea\n\nIt went on.\n\nPart of it slept.\n")
    )
    assert [(chapter.title, len(chapter.paragraphs)) for chapter in story.chapters] == [
        ("Chapter One", 1),
        ("CHAPTER TWO: The Sea", 2),
    ]


def test_title_and_teller_are_read_from_the_head(file):
    story = read_story(file("x.txt", "The Sea\nby Grandmother Ilse\n\nIt was blue.\n"))
    assert (story.title, story.author, texts(story)) == ("The Sea", "Grandmother Ilse", ["It was blue."])


def test_a_file_without_a_title_is_called_by_its_name(file):
    assert read_story(file("the_little-owl.txt", "It flew. It slept.")).title == "The little owl"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Fuchs war müde und er ging nicht weiter.", "de"),
        ("La luna era grande y el gato no dormía en la casa.", "es"),
        ("The fox was tired.", "en"),
        ("Fuchs.", "en"),
    ],
)
def test_the_language_is_guessed_where_nothing_says_it(file, text, language):
    assert read_story(file("f.txt", text)).language == language


def test_the_frame_around_a_gutenberg_text_is_not_read(file):
    marks = ("*** START OF THE PROJECT GUTENBERG EBOOK X ***", "*** END OF THE PROJECT GUTENBERG EBOOK X ***")
    text = "\n\n".join(["The Project Gutenberg eBook", marks[0], "Once.", marks[1], "Licence."])
    assert texts(read_story(file("pg.txt", text))) == ["Once."]


def test_folders_give_their_stories_and_nothing_else(file, tmp_path):
    (tmp_path / "in" / ".hidden").mkdir(parents=True)
    for name in ("in/b.txt", "in/a.EPUB", "in/c.md", "in/photo.jpg", "in/.hidden/d.txt", "e.doc"):
        file(name, "x")
    named = story_files([tmp_path / "in", tmp_path / "e.doc", tmp_path / "in" / "b.txt"])
    assert [path.name for path in named] == ["a.EPUB", "b.txt", "c.md", "e.doc"]


def test_a_megabyte_without_a_full_stop_is_read_to_the_end(file):
    story = read_story(file("long.txt", "word " * 200_000))
    assert sum(len(line.text.split()) for line in story.lines()) == 200_000
