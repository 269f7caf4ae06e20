"""A story written as EPUB 3 with Media Overlays: text and voice in step (EPUB 3.3, W3C), the same bytes every time.

What it needs is known before: the chapters' sounds lie on the disk, and when their lines are heard is told by values.
"""

from __future__ import annotations

import shutil
import uuid
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.core.shelf.covers import PNG
from storytime.core.shelf.epub_page import HEAD, clips_of, document, overlay, page, seconds, xml
from storytime.core.shelf.rows import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from storytime.core.shelf.epub_page import SaidLine
    from storytime.core.shelf.story import Manuscript

ROOT = "EPUB"
PAGE = "application/xhtml+xml"
SOUND = "audio/mp4"
"""AAC-LC in MP4, a core media type that every reading system plays."""
CONTAINER = (
    f'{HEAD}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    f'<rootfile full-path="{ROOT}/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
STYLE = """\
body { font-family: serif; line-height: 1.5; margin: 5%; }
h1 { font-size: 1.4em; margin: 2em 0 1em; }
p { margin: 0 0 0.8em; }
hr { border: 0; margin: 1.5em 0; }
img { max-width: 100%; max-height: 90vh; }
.heard { background-color: #f4d9a8; color: #201a12; }
"""
ACTIVE = "heard"
ACCESS = (
    *(("accessMode", "textual"), ("accessMode", "auditory")),
    *(("accessModeSufficient", "textual"), ("accessModeSufficient", "auditory")),
    *(("accessibilityFeature", "tableOfContents"), ("accessibilityFeature", "readingOrder")),
    *(("accessibilityFeature", "displayTransformability"), ("accessibilityFeature", "synchronizedAudioText")),
    ("accessibilityHazard", "none"),
    ("accessibilitySummary", "The whole text, with a voice in step with it."),
)


SOUNDING = frozenset(("auditory", "synchronizedAudioText", "accessibilitySummary"))
"""What is true of a book with a voice alone."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is heard of one chapter; without a sound, nothing is."""

    sound: Path | None = None
    said: Mapping[int, SaidLine] | None = None
    """By the line's number in the whole story."""


@dataclass(frozen=True, slots=True)
class _Item:
    id: str
    href: str
    media: str
    more: str = ""

    def __str__(self) -> str:
        return f'<item id="{self.id}" href="{self.href}" media-type="{self.media}"{self.more}/>'


def write_epub(
    to: Path, story: Manuscript, recorded: Sequence[Recorded], narrators: Sequence[str], made: datetime
) -> None:
    """Write the story, each of its chapters with what was recorded of it; `made` is a UTC time. Raises OSError."""
    with zipfile.ZipFile(to, "w") as book:
        _put(book, "mimetype", b"application/epub+zip", stored=True)
        _put(book, "META-INF/container.xml", CONTAINER.encode())
        items, spine, length = _pages(book, story, recorded)
        package = _package(story, items, spine, narrators, made, length)
        _put(book, f"{ROOT}/package.opf", package.encode())


def _put(book: zipfile.ZipFile, name: str, data: bytes, *, stored: bool = False) -> None:
    book.writestr(_entry(name, stored=stored), data)


def _put_file(book: zipfile.ZipFile, name: str, path: Path) -> None:
    with path.open("rb") as file, book.open(_entry(name, stored=True), "w") as entry:
        shutil.copyfileobj(file, entry, 1 << 20)


def _entry(name: str, *, stored: bool = False) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _pages(
    book: zipfile.ZipFile, story: Manuscript, recorded: Sequence[Recorded]
) -> tuple[list[_Item], list[str], list[tuple[str, int]]]:
    """Write everything but the package; return its items, the spine, and each overlay's milliseconds."""
    items = [_Item("nav", "nav.xhtml", PAGE, ' properties="nav"'), _Item("style", "style.css", "text/css")]
    _put(book, f"{ROOT}/nav.xhtml", _nav(story).encode())
    _put(book, f"{ROOT}/style.css", STYLE.encode())
    picture = ""
    if story.cover:
        kind = "png" if story.cover.startswith(PNG) else "jpeg"
        picture = f"cover.{kind}"
        items.append(_Item("cover", picture, f"image/{kind}", ' properties="cover-image"'))
        _put(book, f"{ROOT}/{picture}", story.cover, stored=True)
    items.append(_Item("titlepage", "titlepage.xhtml", PAGE))
    _put(book, f"{ROOT}/titlepage.xhtml", _title_page(story, picture).encode())
    spine, lengths, line = ["titlepage"], [], 0
    for number, (chapter, heard) in enumerate(zip(story.chapters, recorded, strict=True), 1):
        name, said = f"c{number:04}", heard.said or {}
        more, clips = "", clips_of(chapter, line, said) if heard.sound else []
        if heard.sound and clips:
            more = f' media-overlay="{name}-overlay"'
            items.append(_Item(f"{name}-overlay", f"overlay/{name}.smil", "application/smil+xml"))
            items.append(_Item(f"{name}-sound", f"sound/{name}.m4a", SOUND))
            lengths.append((f"{name}-overlay", sum(clip.end - clip.begin for clip in clips)))
            smil = overlay(f"../text/{name}.xhtml", f"../sound/{name}.m4a", clips)
            _put(book, f"{ROOT}/overlay/{name}.smil", smil.encode())
            _put_file(book, f"{ROOT}/sound/{name}.m4a", heard.sound)
        items.append(_Item(name, f"text/{name}.xhtml", PAGE, more))
        spine.append(name)
        _put(book, f"{ROOT}/text/{name}.xhtml", page(chapter, line, said, story.language).encode())
        line += sum(1 for _ in chapter.lines())
    return items, spine, lengths


def _nav(story: Manuscript) -> str:
    """Return the contents. A first chapter without a title is the story itself, so the title's page stands for it."""
    links = "".join(f'<li><a href="{href}">{xml(title)}</a></li>' for href, title in _places(story))
    body = f'<nav epub:type="toc" role="doc-toc" id="toc"><h1>{xml(story.title)}</h1><ol>{links}</ol></nav>'
    return document(story.title, body, story.language)


def _places(story: Manuscript) -> Iterator[tuple[str, str]]:
    yield "titlepage.xhtml", story.title
    for number, chapter in enumerate(story.chapters, 1):
        if chapter.title.strip() or number > 1:
            yield f"text/c{number:04}.xhtml", chapter.title.strip() or str(number)


def _title_page(story: Manuscript, picture: str) -> str:
    shown = f'<p><img src="{picture}" alt="The cover of {xml(story.title)}"/></p>\n' if picture else ""
    author = f"\n<p>{xml(story.author)}</p>" if story.author else ""
    body = f'<section epub:type="titlepage">\n{shown}<h1>{xml(story.title)}</h1>{author}\n</section>'
    return document(story.title, body, story.language)


def _package(
    story: Manuscript,
    items: Sequence[_Item],
    spine: Sequence[str],
    narrators: Sequence[str],
    made: datetime,
    lengths: Sequence[tuple[str, int]],
) -> str:
    own = uuid.uuid5(uuid.NAMESPACE_OID, name_of(story))
    meta = [f'<dc:identifier id="book">urn:uuid:{own}</dc:identifier>', f"<dc:title>{xml(story.title)}</dc:title>"]
    meta.append(f"<dc:language>{xml(story.language)}</dc:language>")
    if story.author.strip():
        meta.append(f"<dc:creator>{xml(story.author)}</dc:creator>")
    meta.append(f'<meta property="dcterms:modified">{made:%Y-%m-%dT%H:%M:%SZ}</meta>')
    features = ACCESS if lengths else tuple(one for one in ACCESS if not set(one) & SOUNDING)
    meta += [f'<meta property="schema:{name}">{value}</meta>' for name, value in features]
    if lengths:
        whole = seconds(sum(length for _, length in lengths))
        meta += [f'<meta property="media:duration" refines="#{one}">{seconds(at)}</meta>' for one, at in lengths]
        meta.append(f'<meta property="media:duration">{whole}</meta>')
        meta += [f'<meta property="media:narrator">{xml(name)}</meta>' for name in narrators]
        meta.append(f'<meta property="media:active-class">{ACTIVE}</meta>')
    inside = "\n".join(meta)
    manifest, order = "\n".join(map(str, items)), "".join(f'<itemref idref="{one}"/>' for one in spine)
    return (
        f'{HEAD}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book"'
        f' xml:lang="{xml(story.language)}">\n<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{inside}\n'
        f"</metadata>\n<manifest>\n{manifest}\n</manifest>\n<spine>{order}</spine>\n</package>\n"
    )
