"""The zip that an EPUB is: opened with suspicion, read within limits, never unpacked to disk."""

from __future__ import annotations

import codecs
import html
import lzma
import posixpath
import re
import zipfile
import zlib
from html.entities import html5
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lxml import etree

from storytime.core.errors import CannotRead
from storytime.core.shelf.read_text import TOO_LONG, decode

if TYPE_CHECKING:
    from pathlib import Path

MOST_MEMBERS = 20_000
MOST_TOTAL = 2_000_000_000
"""Bytes of everything, unpacked."""
MOST_PART = 40_000_000
"""Bytes of one part, and of all text parts together: twice the text a story may have, for its markup."""
SUSPICIOUS = 20_000_000
MOST_TIMES = 100
"""How many times larger than packed a part over `SUSPICIOUS` bytes may be; real pages reach some 10."""
NO_EPUB = "is a zip, but not a book (EPUB)"
BROKEN = "is a damaged EPUB"
BOMB = "would unpack to far more than it is, as a trap does"
ESCAPES = "holds files that would land outside of it, as a trap does"
ENTITIES = "declares entities of its own, as a trap does"
DEEP = "is nested too deeply"
XML_HEAD = re.compile(r"<\?xml[^>]*\?>")
DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,2000}(?:\[[^\]]{0,20000}\]\s{0,100})?>", re.IGNORECASE)
ENCODING = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
OF_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))


class Missing(Exception):
    """A part that the book names and does not hold."""


class BookZip:
    """The parts of one book, by name. Raises `CannotRead` for what is no EPUB or is dangerous."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._left = MOST_PART
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
            why = "is not a book (EPUB)" if not zipfile.is_zipfile(path) else BROKEN
            raise CannotRead(path, why) from None
        try:
            self._names = self._checked(self._zip.infolist())
        except BaseException:
            self.close()
            raise

    def _checked(self, infos: list[zipfile.ZipInfo]) -> dict[str, str]:
        total = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos)
        swells = any(
            info.file_size > SUSPICIOUS and info.file_size > MOST_TIMES * info.compress_size for info in infos
        ) or (total > SUSPICIOUS and total > MOST_TIMES * packed)
        if len(infos) > MOST_MEMBERS or total > MOST_TOTAL or swells:
            raise CannotRead(self._path, BOMB)
        for info in infos:
            name = info.filename.replace("\\", "/")
            if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name):
                raise CannotRead(self._path, ESCAPES)
        return {name.casefold(): name for name in reversed(self._zip.namelist())}

    def close(self) -> None:
        """Let the file go."""
        self._zip.close()

    def has(self, name: str) -> bool:
        """Return whether the book holds that part."""
        return name.casefold() in self._names

    def read(self, name: str, most: int = MOST_PART) -> bytes:
        """Return the bytes of a part. Raises `Missing`; `CannotRead` over `most` bytes, locked or damaged."""
        exact = self._names.get(name.casefold())
        if exact is None:
            raise Missing(name)
        try:
            info = self._zip.getinfo(name if name in self._zip.NameToInfo else exact)
            if info.flag_bits & 1:
                raise CannotRead(self._path, "is locked with a password")
            if info.file_size > most:
                raise CannotRead(self._path, TOO_LONG)
            with self._zip.open(info) as part:
                return part.read(most)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, ValueError) as error:
            raise CannotRead(self._path, BROKEN) from error

    def text(self, name: str) -> str:
        """Return the text of a part of markup, without its head and its document type, named entities replaced."""
        data = self.read(name, self._left)
        self._left -= len(data)
        text = self._decoded(data)
        if "<!ENTITY" in text:
            raise CannotRead(self._path, ENTITIES)
        text = text.lstrip()
        head = XML_HEAD.match(text)
        text = DOCTYPE.sub("", text[head.end() if head else 0 :], count=1)
        return ENTITY.sub(_character, text)

    def _decoded(self, data: bytes) -> str:
        said = ENCODING.match(data[:200])
        if said:
            try:
                return data.decode(codecs.lookup(said[1].decode()).name)
            except (LookupError, UnicodeDecodeError):
                pass
        return decode(data, self._path)

    def xml(self, name: str) -> etree._Element:
        """Return the root of a part that must be XML. Raises `Missing`, `CannotRead`."""
        root = self._strict(self.text(name))
        if root is None:
            raise CannotRead(self._path, BROKEN)
        return root

    def page(self, name: str) -> etree._Element:
        """Return the root of a page, forgiving what browsers forgive. Raises `Missing`, `CannotRead`."""
        text = self.text(name)
        root = self._strict(text)
        if root is not None:
            return root
        forgiving = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, encoding="utf-8")
        try:
            root = etree.fromstring(text.encode("utf-8", "replace"), forgiving)
        except etree.XMLSyntaxError:
            root = None
        self._refuse_depth(forgiving.error_log)
        if root is None:
            raise CannotRead(self._path, BROKEN)
        return root

    def _strict(self, text: str) -> etree._Element | None:
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(text.lstrip().encode("utf-8", "replace"), parser)
        except etree.XMLSyntaxError:
            self._refuse_depth(parser.error_log)
            return None

    def _refuse_depth(self, log: etree._ListErrorLog) -> None:
        if any("depth" in entry.message.lower() for entry in log):
            raise CannotRead(self._path, DEEP)


def _character(match: re.Match[str]) -> str:
    if match[1] in OF_XML:
        return match[0]
    return html.escape(html5.get(match[1] + ";", ""))


def resolve(base: str, href: str) -> str:
    """Return the name of the part that `href` in the part `base` means, without its fragment."""
    try:
        inside = unquote(urlsplit(href.strip()).path)
    except ValueError:
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), inside)) if inside else base
