import struct
import zipfile

import pytest

from storytime.core.errors import CannotRead
from storytime.core.shelf.intake import read_story
from tests.core.shelf.books import METADATA, PAGE, book

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 60, 90) + b"\x08\x02\0\0\0" + b"\0" * 20
MILLION = 1_000_000


@pytest.fixture
def read(tmp_path):
    def reading(pages, **how):
        return read_story(book(tmp_path / "book.epub", pages, **how))

    return reading


def shape(story):
    return [(chapter.title, [paragraph.text for paragraph in chapter.paragraphs]) for chapter in story.chapters]


def test_title_teller_and_language_are_the_books_own(read):
    story = read({"c": "<p>Once.</p>"})
    assert (story.title, story.author, story.language, story.source) == ("The Book", "Ann", "en-GB", "book.epub")


def test_an_illustrator_is_no_teller(read):
    meta = METADATA + '<dc:creator opf:role="ill">Bob</dc:creator><dc:creator id="z">Zoe</dc:creator>'
    meta += '<meta refines="#z" property="role">ill</meta><dc:creator opf:role="aut">Cyd</dc:creator>'
    assert read({"c": "<p>Once.</p>"}, metadata=meta).author == "Ann, Cyd"


def test_pages_are_told_in_the_order_of_the_spine(read):
    story = read({"b": "<h1>B</h1><p>Two.</p>", "a": "<h1>A</h1><p>One.</p>"}, spine=["a", "b"])
    assert shape(story) == [("A", ["One."]), ("B", ["Two."])]


def test_a_page_is_told_once_however_often_the_spine_names_it(read):
    assert shape(read({"a": "<p>One.</p>"}, spine=["a"] * 50)) == [("", ["One."])]


def test_inline_marks_vanish_and_blocks_part(read):
    body = (
        "<div><p><span>T</span>he <em>moon</em>&nbsp;&mdash;\n  rose<!-- x -->.<sup>1</sup></p>Then <b>slept</b>.</div>"
    )
    assert shape(read({"a": body})) == [("", ["The moon — rose.", "Then slept."])]


def test_verse_keeps_its_breaks_and_rules_are_silences(read):
    story = read({"a": "<p>Hush,<br/>little one.</p><hr/><p>End.</p>"})
    assert shape(story) == [("", ["Hush,\nlittle one.", "End."])]
    assert [line.pause for line in story.lines()][1] > 1


def test_two_headings_in_a_row_are_one_title(read):
    assert shape(read({"a": "<h1>One</h1><h2>The Fox</h2><p>It slept.</p>"})) == [("One: The Fox", ["It slept."])]


def test_the_containers_own_pages_are_not_read(read):
    pages = {
        "cover": "<p>The Book</p>",
        "title_page": "<h1>The Book</h1><p>by Ann</p>",
        "x1": "<section epub:type='copyright-page'><p>All rights.</p></section>",
        "x2": "<nav epub:type='toc'><ol><li><a href='a.xhtml'>One</a></li></ol></nav>",
        "guided": "<p>Imprint.</p>",
        "a": "<h1>The Book</h1><h2>One</h2><p>Once<a epub:type='noteref' href='#n'>1</a>.</p>"
        "<aside epub:type='footnote'><p>Note.</p></aside><div id='pg-footer'>Licence.</div><script>x</script>"
        "<span epub:type='pagebreak' title='7'>7</span>",
    }
    story = read(pages, guide='<guide><reference type="copyright-page" href="guided.xhtml"/></guide>')
    assert [text for _, texts in shape(story) for text in texts] == ["Once."]


def test_a_book_that_is_nothing_but_a_page_called_cover_is_read_all_the_same(read):
    assert shape(read({"cover": "<p>Once.</p>"})) == [("", ["Once."])]


def test_navigation_names_chapters_that_have_no_heading(read):
    nav = PAGE.format(
        "<nav epub:type='toc'><ol><li><a href='a.xhtml'>Dusk</a></li><li><a href='c.xhtml'>Dawn</a></li></ol></nav>"
    )
    story = read(
        {"a": "<p>One.</p>", "b": "<p>Still one.</p>", "c": "<p>Two.</p>"},
        items='<item id="n" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        extra=[("OEBPS/n.xhtml", nav)],
    )
    assert shape(story) == [("Dusk", ["One.", "Still one."]), ("Dawn", ["Two."])]


@pytest.mark.parametrize("heading", ["", "<h2>Its own</h2>"], ids=["no heading", "headings of its own"])
def test_navigation_into_one_page_parts_it_where_it_has_no_headings(read, heading):
    nav = PAGE.format(
        "<nav epub:type='toc'><ol><li><a href='a.xhtml'>Dusk</a></li><li><a href='a.xhtml#late'>Night</a></li>"
        "<li><a href='a.xhtml#dawn'>Dawn</a></li></ol></nav>"
    )
    story = read(
        {"a": f"{heading}<p>One.</p><div id='late'><p>Two.</p></div><p id='dawn'>Three.</p><p>Four.</p>"},
        items='<item id="n" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        extra=[("OEBPS/n.xhtml", nav)],
    )
    parted = [("Dusk", ["One."]), ("Night", ["Two."]), ("Dawn", ["Three.", "Four."])]
    assert shape(story) == ([("Its own", ["One.", "Two.", "Three.", "Four."])] if heading else parted)


def test_an_older_book_is_named_by_its_ncx(read):
    ncx = (
        '<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://x/ncx.dtd">'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Dusk</text></navLabel>'
        '<content src="a.xhtml#top"/></navPoint></navMap></ncx>'
    )
    story = read(
        {"a": "<p>One.</p>"},
        version="2.0",
        toc="n",
        items='<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
        extra=[("OEBPS/toc.ncx", ncx)],
    )
    assert shape(story) == [("Dusk", ["One."])]


@pytest.mark.parametrize("version", ["2.0", "3.0"])
def test_the_cover_comes_with_the_book(read, version):
    old = version == "2.0"
    story = read(
        {"a": "<p>One.</p>"},
        version=version,
        metadata=METADATA + ('<meta name="cover" content="art"/>' if old else ""),
        items='<item id="art" href="art.png" media-type="image/png"%s/>' % ("" if old else ' properties="cover-image"'),
        extra=[("OEBPS/art.png", PNG)],
    )
    assert story.cover == PNG


@pytest.mark.parametrize("picture", [b"<svg/>", PNG[:16] + struct.pack(">II", 90000, 90000) + PNG[24:], PNG[:20], b""])
def test_a_cover_that_cannot_be_shown_is_left_out(read, picture):
    items = '<item id="art" href="art.png" media-type="image/png" properties="cover-image"/>'
    assert read({"a": "<p>One.</p>"}, items=items, extra=[("OEBPS/art.png", picture)]).cover is None


@pytest.mark.parametrize(
    "page",
    [
        b"<html><body><p>One <br> &amp; two</p></body></html>",
        "<?xml version='1.0' encoding='iso-8859-1'?><p>One Käse</p>".encode("latin1"),
    ],
    ids=["not well formed", "latin-1"],
)
def test_a_page_is_forgiven_what_browsers_forgive(read, page):
    assert shape(read({"a": page}))[0][1][0].startswith("One")


def test_a_missing_page_is_remarked_upon(read):
    story = read({"a": "<p>One.</p>"}, spine=["a", "gone"])
    assert shape(story) == [("", ["One."])]
    assert story.remarks == ("One page that the book names was missing, and was left out.",)


def test_a_book_whose_pages_are_all_missing_is_refused(read):
    with pytest.raises(CannotRead, match="none of the pages"):
        read({}, spine=["gone", "gone too"])


EXTERNAL = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>&x; One.</p></body></html>'
LAUGHS = "<!DOCTYPE html [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
LAUGHS += "]><html><body><p>&a11; One.</p></body></html>"


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (EXTERNAL, "entities of its own"),
        (LAUGHS.encode(), "entities of its own"),
        (LAUGHS.encode("utf-16"), "entities of its own"),
        (b"<p>" + b"a" * 50_000_000, "would unpack to far more"),
        (b"<div>" * MILLION + b"<p>One.</p>" + b"</div>" * MILLION, "nested too deeply"),
        (b"<p><b>" * MILLION + b"One.", "nested too deeply"),
        (b"\0\0\0", "not text"),
    ],
    ids=["external", "laughs", "laughs in utf-16", "bomb", "deep", "deep and broken", "bytes"],
)
def test_a_dangerous_page_is_refused(read, page, why):
    with pytest.raises(CannotRead, match=why):
        read({"a": page})


@pytest.mark.parametrize("name", ["../evil.xhtml", "OEBPS/../../evil", "/etc/evil", "..\\evil", "C:/evil"])
def test_a_name_that_leads_out_of_the_book_is_refused(read, name, tmp_path):
    with pytest.raises(CannotRead, match="outside"):
        read({"a": "<p>One.</p>"}, extra=[(name, b"x")])
    assert [path.name for path in tmp_path.iterdir()] == ["book.epub"]


def test_a_bomb_in_a_part_that_no_one_reads_is_refused_too(read):
    with pytest.raises(CannotRead, match="unpack"):
        read({"a": "<p>One.</p>"}, extra=[("OEBPS/bomb.bin", b"\0" * 50_000_000)])


def test_a_book_locked_by_its_seller_is_refused(read):
    lock = '<encryption xmlns:enc="e"><enc:CipherReference URI="OEBPS/a.xhtml"/></encryption>'
    with pytest.raises(CannotRead, match="DRM"):
        read({"a": "<p>One.</p>"}, extra=[("META-INF/encryption.xml", lock)])


@pytest.mark.parametrize("data", [b"PK\x03\x04 and nothing", b"", b"hello"], ids=["cut off", "empty", "no zip"])
def test_what_only_bears_the_name_of_a_book_is_refused(file, data):
    with pytest.raises(CannotRead, match=r"not a book|damaged"):
        read_story(file("x.epub", data))


@pytest.mark.parametrize("name", ["x.epub", "x.zip"])
def test_a_zip_that_is_no_book_is_refused(tmp_path, name):
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr("holiday.txt", "sea")
    with pytest.raises(CannotRead, match=r"is a zip, but not a book"):
        read_story(tmp_path / name)


def test_a_book_damaged_in_the_middle_is_refused(tmp_path):
    path = book(tmp_path / "x.epub", {"a": "<p>" + "The moon rose over the hill. " * 500 + "</p>"})
    data = bytearray(path.read_bytes())
    at = data.index(b"OEBPS/a.xhtml") + 30
    data[at : at + 40] = b"\xff" * 40
    path.write_bytes(data)
    with pytest.raises(CannotRead, match="damaged"):
        read_story(path)


def foreign(story):
    return [(line.text[one.start : one.end], one.language) for line in story.lines() for one in line.spans]


@pytest.mark.parametrize(
    "body",
    [
        '<p>She said <i lang="es">buenas <b>noches</b></i> softly.</p>',
        '<p>She said <span xml:lang="es">buenas noches</span> softly.</p>',
        '<div xml:lang="es"><p><span lang="en">She said </span>buenas noches<b lang="en-US"> softly.</b></p></div>',
    ],
)
def test_words_in_another_language_are_marked_as_the_book_says(read, body):
    story = read({"a": f'<h1>One <i lang="es">dos</i></h1>{body}'})
    assert shape(story) == [("One dos", ["She said buenas noches softly."])]
    assert foreign(story) == [("buenas noches", "es")]


def test_a_book_that_says_of_every_page_what_it_says_of_itself_marks_nothing(read):
    assert foreign(read({"a": '<div xml:lang="en-US"><p lang="en">Once.</p><p lang="und">Two.</p></div>'})) == []


def test_a_page_in_another_language_is_marked_whole(read):
    story = read({"a": "<p>Once. Twice.</p>", "b": '<div lang="de"><p>Es war.</p><p>Und so.</p></div><p>End.</p>'})
    assert foreign(story) == [("Es war.", "de"), ("Und so.", "de")]
