"""Any file a parent brings, made a story or refused with a reason. Pure: it runs in the background."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from storytime.core.errors import CannotRead
from storytime.core.shelf.read_markdown import front_matter, read_markdown
from storytime.core.shelf.read_text import MOST_BYTES, TOO_LONG, decode, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from storytime.core.shelf.story import Manuscript

MARKDOWN = frozenset((".md", ".markdown", ".mdown"))
KNOWN = MARKDOWN | {".txt", ".text", ".epub"}
OTHERS = {
    b"%PDF": "is a PDF, which Storytime cannot read; look for the same story as EPUB or text",
    b"{\\rtf": "is rich text; save it as plain text and add that",
    b"\xd0\xcf\x11\xe0": "is an old Word document; save it as plain text and add that",
    b"\x89PNG": "is a picture, not text",
    b"\xff\xd8\xff": "is a picture, not text",
}
ZIP = b"PK"
MOST_BOOK_BYTES = 500_000_000
LAST = 1 << 30


def story_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files to read: each file named, and in folders all that look like stories, hidden ones left out."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (one for one in path.rglob("*") if one.suffix.lower() in KNOWN and one.is_file())
            files += sorted(
                one for one in inside if not any(part.startswith(".") for part in one.relative_to(path).parts)
            )
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def read_story(path: Path) -> Manuscript:
    """Return the story in a file. Raises `CannotRead`."""
    try:
        return _read(path)
    except FileNotFoundError:
        raise CannotRead(path, "is not there") from None
    except PermissionError:
        raise CannotRead(path, "may not be read by you") from None
    except OSError as error:
        raise CannotRead(path, f"could not be read from its disk ({error.strerror or 'unknown reason'})") from error
    except (RecursionError, MemoryError):
        raise CannotRead(path, "is nested too deeply") from None


def order_of(path: Path) -> tuple[int, str]:
    """Return where a shipped story stands among the others, by `order` in its front matter, then by name."""
    try:
        order = front_matter(decode(path.read_bytes(), path))[0].get("order", "")
    except (OSError, CannotRead):
        order = ""
    return (int(order) if order.isdecimal() else LAST, path.name)


def _read(path: Path) -> Manuscript:
    facts = path.stat()
    if stat.S_ISDIR(facts.st_mode):
        raise CannotRead(path, "is a folder with no stories in it")
    if not stat.S_ISREG(facts.st_mode):
        raise CannotRead(path, "is not a file")
    with path.open("rb") as file:
        head = file.read(8)
        if head.startswith(ZIP) or path.suffix.lower() == ".epub":
            if facts.st_size > MOST_BOOK_BYTES:
                raise CannotRead(path, "is over 500 MB, more than any book of words")
            from storytime.core.shelf.read_epub import read_epub

            return read_epub(path)
        for mark, why in OTHERS.items():
            if head.startswith(mark):
                raise CannotRead(path, why)
        if facts.st_size > MOST_BYTES:
            raise CannotRead(path, TOO_LONG)
        data = head + file.read(MOST_BYTES)
    is_markdown = path.suffix.lower() in MARKDOWN or data.removeprefix(b"\xef\xbb\xbf").startswith(b"---\n")
    return read_markdown(path, data) if is_markdown else read_text(path, data)
