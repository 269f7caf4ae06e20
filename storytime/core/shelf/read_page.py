"""A page of a book (XHTML) as headings and paragraphs: what is to be read aloud, and nothing of the container."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from storytime.core.shelf import stress
from storytime.core.shelf.language import known_language
from storytime.core.shelf.spans import pieced, unmarked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | _names(
    "address article aside blockquote body center dd div dl dt figcaption figure footer form header hgroup li main ol p"
    " pre section table tbody td tfoot th thead tr ul"
)
UNHEARD = _names(
    "audio button canvas embed head iframe img input link map math meta nav noscript object rp rt script select style"
    " svg template textarea title video"
)
STRESSED = _names("b em i strong")
BOILERPLATE = _names(
    "colophon copyright-page cover coverpage endnote endnotes footnote footnotes halftitlepage imprint index landmarks"
    " loi lot noteref page-list pagebreak rearnote rearnotes titlepage toc"
)
"""Structural semantics (EPUB 3 SSV, DPUB-ARIA without `doc-`) that no one wants read at bedtime."""
GUTENBERG = re.compile(r"pg-?(?:header|footer|boilerplate|machine-header|start-separator|end-separator)")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class Part:
    """A heading, empty where there is none, and the paragraphs under it; a newline in one is a verse’s break."""

    title: str
    texts: list[str] = field(default_factory=list)


def kind(element: _Element) -> str:
    """Return the element’s name without its namespace, lower case."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def semantics(element: _Element) -> set[str]:
    """Return what the element says it is."""
    types = element.get(EPUB_TYPE) or element.get("epub:type") or ""
    roles = (role.removeprefix("doc-") for role in (element.get("role") or "").split())
    return {*types.lower().split(), *roles}


def is_boilerplate(element: _Element) -> bool:
    """Return whether the element and all in it is the container’s, not the story’s."""
    if kind(element) in UNHEARD or element.get("hidden") is not None or semantics(element) & BOILERPLATE:
        return True
    if kind(element) == "sup":
        return "".join(str(text) for text in element.itertext()).strip("[]()* \n").isdigit()
    return bool(GUTENBERG.match(element.get("id") or "") or "pg-boilerplate" in (element.get("class") or "").split())


def is_stressed(name: str, element: _Element) -> bool:
    """Return whether an element of that name is emphasis; what says that it is something else is none."""
    return name in STRESSED and not semantics(element)


def read_page(root: _Element, places: Mapping[str, str] | None = None, own: str = "") -> list[Part]:
    """Return the parts of a page, the first without a heading (it may be empty).

    `places` parts it at elements of those ids too, and names what follows them. What says that it is in another
    language than the book's `own` is marked (`spans.marked`), and so is what is stressed (`stress.marked`).
    """
    page = _Page(own)
    places = places or {}
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = kind(element)
        if event == "start":
            if is_boilerplate(element):
                walk.skip_subtree()
                continue
            if element.get("id") in places:
                page.begin(places[element.get("id") or ""])
            page.open(name, element.get(XML_LANG) or element.get("lang") or "", stressed=is_stressed(name, element))
            page.say(element.text)
        else:
            if not is_boilerplate(element):
                page.close(name, stressed=is_stressed(name, element))
            page.say(element.tail)
    page.break_off()
    return page.parts


class _Page:
    """What has been heard of a page so far."""

    def __init__(self, own: str) -> None:
        self.parts = [Part("")]
        self._own = own.partition("-")[0]
        self._tongues = [""]
        self._heard: list[str] = []
        self._heading = 0
        self._kept = 0
        self._stressed = 0

    def begin(self, title: str) -> None:
        self.break_off()
        self.parts.append(Part(title))

    def open(self, name: str, tongue: str, *, stressed: bool) -> None:
        if name in BLOCKS:
            self.break_off()
        said = known_language(tongue) if tongue else ""
        self._tongues.append(("" if said.partition("-")[0] == self._own else said) if said else self._tongues[-1])
        self._heading += name in HEADINGS
        self._kept += name == "pre"
        self._stressed += stressed
        if name == "br":
            self._heard.append("\n")
        elif name == "hr":
            self.break_off()
            self.parts[-1].texts.append("***")

    def close(self, name: str, *, stressed: bool) -> None:
        if name in BLOCKS:
            self.break_off()
        self._tongues.pop()
        self._heading -= name in HEADINGS
        self._kept -= name == "pre"
        self._stressed -= stressed

    def say(self, text: str | None) -> None:
        if text:
            words = text if self._kept else SPACE.sub(" ", text)
            words = stress.marked(words) if self._stressed else words
            self._heard.append(pieced(words, language=self._tongues[-1]) if self._tongues[-1] else words)

    def break_off(self) -> None:
        text = "".join(self._heard).strip()
        self._heard.clear()
        if not text:
            return
        if self._heading:
            self.parts.append(Part(" ".join(unmarked(text)[0].split())))
        else:
            self.parts[-1].texts.append(text)
