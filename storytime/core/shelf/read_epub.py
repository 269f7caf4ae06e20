"""An EPUB read in (2 and 3): its pages in the order of the spine, its chapters by heading or by navigation, its cover.

After EPUB 3.3 (W3C) and OPF 2.0.1 (IDPF). What a page looks like is `read_page`’s, what a zip may do is `book_zip`’s.
"""

from __future__ import annotations

import posixpath
import re
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from storytime.core.errors import CannotRead
from storytime.core.shelf import covers
from storytime.core.shelf.book_zip import BROKEN, NO_EPUB, BookZip, Missing, resolve
from storytime.core.shelf.language import guess, tag
from storytime.core.shelf.passages import speakable, to_chapters
from storytime.core.shelf.read_page import Part, kind, read_page, semantics
from storytime.core.shelf.read_text import MOST_BYTES, NO_WORDS, TOO_LONG, title_of_name
from storytime.core.shelf.story import Manuscript

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element

CONTAINER = "META-INF/container.xml"
LOCKS = "META-INF/encryption.xml"
PAGES = ("application/xhtml+xml", "text/html", "application/xml", "text/x-oeb1-document")
NAMED_BOILERPLATE = re.compile(
    r"(?:\d*[-_]?)(?:cover|cover[-_]?page|title[-_]?page|half[-_]?title(?:[-_]?page)?|toc|contents|nav|copyright(?:[-_]?page)?"
    r"|colophon|imprint|uncopyright|endnotes|footnotes|wrap0000)\d*$"
)
GUIDE_BOILERPLATE = frozenset(
    {"cover", "title-page", "toc", "copyright-page", "colophon", "index", "loi", "lot", "notes"}
)
AUTHOR_ROLES = frozenset({"", "aut", "cre"})


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book, as its manifest names it."""

    id: str
    name: str
    media: str
    properties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Package:
    """What the package document says."""

    name: str
    root: _Element
    items: dict[str, Item]
    spine: tuple[Item | None, ...]
    """None where the spine names what the manifest does not."""

    def all(self, name: str) -> list[_Element]:
        """Return every element of that name, in order."""
        return [element for element in self.root.iter() if kind(element) == name]

    def first(self, name: str) -> str:
        """Return the words of the first element of that name that has any."""
        return next(filter(None, (words(element) for element in self.all(name))), "")


def words(element: _Element) -> str:
    """Return an element’s text, single-spaced."""
    return " ".join("".join(str(text) for text in element.itertext()).split())


def read_epub(path: Path) -> Manuscript:
    """Return the story in an EPUB. Raises `CannotRead`."""
    with closing(BookZip(path)) as book:
        try:
            package = _package(book, path)
        except Missing:
            raise CannotRead(path, NO_EPUB if not book.has(CONTAINER) else BROKEN) from None
        _refuse_locked(book, package, path)
        title = package.first("title")
        parts, missing = _parts(book, package, title)
        language = tag(package.first("language")) or guess(" ".join(text for part in parts for text in part.texts))
        if sum(len(text) for part in parts for text in part.texts) > MOST_BYTES:
            raise CannotRead(path, TOO_LONG)
        chapters = to_chapters([(part.title, part.texts) for part in parts], language)
        if not chapters:
            raise CannotRead(path, "holds none of the pages it names" if missing else NO_WORDS)
        return Manuscript(
            title or title_of_name(path),
            chapters,
            author=_authors(package),
            language=language,
            source=path.name,
            cover=_cover(book, package),
            remarks=(_missing_words(missing),) if missing else (),
        )


def _missing_words(missing: int) -> str:
    if missing == 1:
        return "One page that the book names was missing, and was left out."
    return f"{missing} pages that the book names were missing, and were left out."


def _package(book: BookZip, path: Path) -> Package:
    roots = [one for one in book.xml(CONTAINER).iter() if kind(one) == "rootfile"]
    if not roots:
        raise CannotRead(path, BROKEN)
    name = resolve("", roots[0].get("full-path") or "")
    root = book.xml(name)
    items = {}
    for one in root.iter():
        if kind(one) == "item" and one.get("id") and one.get("href"):
            item = Item(
                one.get("id") or "",
                resolve(name, one.get("href") or ""),
                (one.get("media-type") or "").lower(),
                frozenset((one.get("properties") or "").split()),
            )
            items[item.id] = item
    # A page is told once, however often the spine names it.
    order = dict.fromkeys(
        one.get("idref") or "" for one in root.iter() if kind(one) == "itemref" and one.get("linear") != "no"
    )
    return Package(name, root, items, tuple(items.get(one) for one in order))


def _refuse_locked(book: BookZip, package: Package, path: Path) -> None:
    if not book.has(LOCKS):
        return
    locked = {resolve("", one.get("URI") or "") for one in book.xml(LOCKS).iter() if kind(one) == "cipherreference"}
    if any(item and item.name in locked for item in package.spine):
        raise CannotRead(path, "is locked by its seller (DRM), so only the seller’s own reader opens it")


def _parts(book: BookZip, package: Package, title: str) -> tuple[list[Part], int]:
    """Return the story’s parts and how many pages are missing."""
    for choosy in (True, False):
        parts, missing = _read_spine(book, package, title, choosy=choosy)
        if any(speakable(text) for part in parts for text in part.texts):
            break
    return parts, missing


def _read_spine(book: BookZip, package: Package, title: str, *, choosy: bool) -> tuple[list[Part], int]:
    titles = _navigation(book, package)
    unwanted = _guided(package) if choosy else set()
    parts: list[Part] = []
    missing = 0
    for item in package.spine:
        if item is not None and (item.media not in PAGES or "nav" in item.properties):
            continue
        if item is not None and choosy and (item.name in unwanted or _is_named_boilerplate(item)):
            missing += not book.has(item.name)
            continue
        try:
            page = _page(book, item, titles.get(item.name if item else "", {}), tag(package.first("language")))
        except Missing:
            missing += 1
            continue
        _append(parts, page, bool(titles))
    return [part for part in parts if part.texts or part.title.casefold() != title.casefold()], missing


def _is_named_boilerplate(item: Item) -> bool:
    stem = posixpath.splitext(posixpath.basename(item.name))[0].lower()
    return NAMED_BOILERPLATE.match(stem) is not None


def _page(book: BookZip, item: Item | None, places: dict[str, str], own: str) -> list[Part]:
    """Return a page’s parts, by its own headings or else by the places that the navigation names."""
    if item is None:
        raise Missing
    root = book.page(item.name)
    parts = read_page(root, own=own)
    if len(parts) == 1 and places:
        # The first that leads to a page names its beginning, wherever in it that leads.
        first, *later = places.items()
        parts = read_page(root, dict(later), own) if later else parts
        parts[0].title = first[1]
    return parts


def _append(parts: list[Part], page: list[Part], navigated: bool) -> None:
    """Add a page’s parts: one without a heading goes on from the page before."""
    first, *rest = page
    if not any(speakable(text) for text in first.texts) and not first.title:
        parts += rest
        return
    if first.title or rest or not navigated or not parts:
        parts.append(first)
    else:
        parts[-1].texts.extend(first.texts)
    parts += rest


def _navigation(book: BookZip, package: Package) -> dict[str, dict[str, str]]:
    """Return what the book’s contents (EPUB 3 nav, else EPUB 2 NCX) name in each page: the title of each place."""
    for item in package.items.values():
        if "nav" in item.properties or item.media == "application/x-dtbncx+xml":
            try:
                found = _entries(book.page(item.name), item.name)
            except (Missing, CannotRead):
                continue
            if found:
                return found
    return {}


def _entries(root: _Element, name: str) -> dict[str, dict[str, str]]:
    titles: dict[str, dict[str, str]] = {}
    label = ""
    lists = [one for one in root.iter() if kind(one) == "nav" and "toc" in semantics(one)] or [root]
    for one in lists[0].iter():
        if kind(one) == "a" and one.get("href"):
            _note(titles, name, one.get("href") or "", words(one))
        elif kind(one) == "navlabel":
            label = words(one)
        elif kind(one) == "content" and one.get("src"):
            _note(titles, name, one.get("src") or "", label)
    return titles


def _note(titles: dict[str, dict[str, str]], name: str, href: str, title: str) -> None:
    titles.setdefault(resolve(name, href), {}).setdefault(unquote(href.partition("#")[2]), title)


def _guided(package: Package) -> set[str]:
    """Return the pages that an EPUB 2 guide says are no story."""
    return {
        resolve(package.name, one.get("href") or "")
        for one in package.all("reference")
        if (one.get("type") or "").lower() in GUIDE_BOILERPLATE
    }


def _authors(package: Package) -> str:
    roles = {
        (one.get("refines") or "").removeprefix("#"): words(one)
        for one in package.all("meta")
        if one.get("property") == "role"
    }
    names = []
    for one in package.all("creator"):
        role = one.get("{http://www.idpf.org/2007/opf}role") or roles.get(one.get("id") or "", "")
        if role in AUTHOR_ROLES and words(one):
            names.append(words(one))
    return ", ".join(dict.fromkeys(names[:4]))


def _cover(book: BookZip, package: Package) -> bytes | None:
    """Return the cover’s picture if there is a usable one."""
    named = [one.get("content") or "" for one in package.all("meta") if one.get("name") == "cover"]
    wanted = [item for item in package.items.values() if "cover-image" in item.properties]
    wanted += [package.items[one] for one in named if one in package.items]
    for item in wanted:
        try:
            picture = book.read(item.name, covers.MOST_BYTES)
        except (Missing, CannotRead):
            continue
        if covers.usable(picture):
            return picture
    return None
