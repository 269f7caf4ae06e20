"""A book in step, taken apart and held strictly against EPUB 3.3 and its Media Overlays."""

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
SMIL = "{http://www.w3.org/ns/SMIL}"
CLOCK = re.compile(r"(\d+)\.(\d{3})s")


@dataclass
class Clip:
    page: str
    id: str
    sound: str
    begin: int
    end: int


@dataclass
class Book:
    names: list
    metas: list
    narrators: list
    texts: dict = field(default_factory=dict)
    """The words of each element that has an id, by (page, id)."""
    overlays: list = field(default_factory=list)
    """A list of clips for each chapter that is heard, in order."""


def milliseconds(clock):
    whole, part = CLOCK.fullmatch(clock).groups()
    return int(whole) * 1000 + int(part)


def taken_apart(path):
    """Return the book, every rule of the container, the package and the overlays having been held against it."""
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        entries, data = book.infolist(), {name: book.read(name) for name in book.namelist()}
    names = [entry.filename for entry in entries]
    assert len(set(names)) == len(names)
    first = entries[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert data["mimetype"] == b"application/epub+zip"
    package = etree.fromstring(data["EPUB/package.opf"])
    items = package.findall(f"{OPF}manifest/{OPF}item")
    ids = [one.get("id") for one in package.iter() if isinstance(one.tag, str) and one.get("id")]
    assert len(set(ids)) == len(ids)
    hrefs = ["EPUB/" + one.get("href") for one in items]
    assert sorted([*hrefs, "mimetype", "META-INF/container.xml", "EPUB/package.opf"]) == sorted(names)
    by_id = {one.get("id"): one for one in items}
    assert [one.get("properties") for one in items].count("nav") == 1
    spine = [one.get("idref") for one in package.findall(f"{OPF}spine/{OPF}itemref")]
    assert spine
    assert len(set(spine)) == len(spine)
    assert all(by_id[one].get("media-type") == "application/xhtml+xml" for one in spine)
    for name in ("identifier", "title", "language"):
        (one,) = package.findall(f"{OPF}metadata/{DC}{name}")
        assert one.text.strip()
    found = Book(names, _metas(package), _values(package, "media:narrator"))
    (modified,) = _values(package, "dcterms:modified")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", modified)
    for item in items:
        if item.get("media-type") == "application/xhtml+xml":
            _look_into_page(found, "EPUB/" + item.get("href"), data, names)
    _look_at_overlays(found, package, by_id, spine, data, names)
    return found


def _metas(package):
    return [(one.get("property"), one.get("refines"), one.text) for one in package.iter(f"{OPF}meta")]


def _values(package, name):
    return [value for prop, refines, value in _metas(package) if prop == name and refines is None]


def _look_into_page(found, name, data, names):
    root = etree.fromstring(data[name])
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(set(ids)) == len(ids)
    found.texts |= {(name, one.get("id")): "".join(one.itertext()) for one in root.iter() if one.get("id")}
    for one in root.iter():
        for where in (one.get("href"), one.get("src")):
            if where:
                assert _from(name, where) in names


def _from(name, where):
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), where))


def _look_at_overlays(found, package, by_id, spine, data, names):
    lengths = {refines: value for prop, refines, value in found.metas if prop == "media:duration"}
    overlays = [one for one in by_id.values() if one.get("media-type") == "application/smil+xml"]
    told = {f"#{one.get('id')}" for one in overlays}
    assert set(lengths) == (told | {None} if told else set())
    whole = 0
    for page in spine:
        if overlay := by_id[page].get("media-overlay"):
            name = "EPUB/" + by_id[overlay].get("href")
            clips = _clips(name, data)
            assert {clip.page for clip in clips} == {"EPUB/" + by_id[page].get("href")}
            (sound,) = {clip.sound for clip in clips}
            assert sound in names
            for clip in clips:
                assert found.texts[clip.page, clip.id].strip()
                assert 0 <= clip.begin < clip.end
            for was, clip in pairwise(clips):
                assert was.end <= clip.begin
            assert len({clip.id for clip in clips}) == len(clips)
            length = sum(clip.end - clip.begin for clip in clips)
            assert milliseconds(lengths[f"#{overlay}"]) == length
            whole += length
            found.overlays.append(clips)
    if overlays:
        assert milliseconds(lengths[None]) == whole
        assert len(_values(package, "media:active-class")) == 1
        assert f".{_values(package, 'media:active-class')[0]} ".encode() in data["EPUB/style.css"]
    assert len(found.overlays) == len(overlays)


def _clips(name, data):
    root = etree.fromstring(data[name])
    assert root.get("version") == "3.0"
    clips = []
    for par in root.iter(f"{SMIL}par"):
        text, sound = par
        page, _, fragment = text.get("src").partition("#")
        begin, end = milliseconds(sound.get("clipBegin")), milliseconds(sound.get("clipEnd"))
        clips.append(Clip(_from(name, page), fragment, _from(name, sound.get("src")), begin, end))
    return clips
