"""Keeps covers: painted once in the background for each size, kept on disk, and a few of them in memory.

What is on disk is taken at once (a tenth of a millisecond a cover): a shelf seen before is whole in its first frame.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFontInfo, QImage, QPainter, QPixmap

from storytime.ui.parts.cover.painter import paint_cover
from storytime.ui.parts.cover.recipe import RATIO
from storytime.ui.parts.cover.title import face
from storytime.ui.parts.digest import digest

if TYPE_CHECKING:
    from storytime.core.paths import Paths
    from storytime.core.ports import Background
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.story import StoryCard

log = logging.getLogger(__name__)

IN_MEMORY = 24 * 1024 * 1024
"""Bytes of covers held ready; a full screen at 150 % needs some six million."""
ON_DISK = 800
"""Files kept; the longest unused go first."""
KIND = ".bmp"
"""As large again as a PNG (84 kB a cover), but there in a tenth of a millisecond instead of seven."""
WAITING = 60
"""Wishes kept: what was scrolled past is not painted."""
BOOK_WIDE = 1000
"""Pixels of a cover that leaves the house."""
DRAWING = "1"
"""Raised when the painter draws otherwise, so that old pictures are not shown."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One cover in one size."""

    story: int
    title: str
    author: str
    own: bool
    """The story's file carries a cover."""
    width: int
    height: int
    ratio: float
    """Device pixels a logical pixel."""
    lettering: bool = True

    def name(self, family: str) -> str:
        """Return the file's name: whatever changes the picture changes it."""
        whose = self.story if self.own else 0
        what = (DRAWING, family, whose, self.title, self.author, self.width, self.height, self.ratio, self.lettering)
        return digest(repr(what)).hex()[:24] + KIND


class CoverKeeper(QObject):
    """Hands out covers that are ready and has the others painted; `ready` says whose cover has come."""

    ready = Signal(int)

    def __init__(self, paths: Paths, shelf: Shelf, background: Background) -> None:
        super().__init__()
        self._folder, self._shelf, self._background = Path(paths.cache) / "covers", shelf, background
        self._kept: OrderedDict[Wish, QPixmap] = OrderedDict()
        self._bytes = 0
        self._waiting: OrderedDict[Wish, None] = OrderedDict()
        self._at_work: set[Wish] = set()
        self._broken = 0
        self._family = ""

    def cover(
        self, card: StoryCard, width: float, height: float, ratio: float, *, lettering: bool = True
    ) -> QPixmap | None:
        """Return the cover in logical pixels, or None and `ready` follows."""
        wish = Wish(card.id, card.title, card.author, card.has_cover, round(width), round(height), ratio, lettering)
        if wish in self._kept:
            self._kept.move_to_end(wish)
        elif wish not in self._at_work and (wish in self._waiting or not self._take(wish)):
            self._wait(wish)
        return self._kept.get(wish)

    def _take(self, wish: Wish) -> bool:
        """Take a cover from the disk; return whether it was there."""
        image = QImage(str(self._file(wish)))
        if image.isNull():
            return False
        image.setDevicePixelRatio(wish.ratio)
        self._keep(wish, image)
        return True

    def _wait(self, wish: Wish) -> None:
        self._waiting[wish] = None
        self._waiting.move_to_end(wish)
        if len(self._waiting) > WAITING:
            self._waiting.popitem(last=False)
        self._go_on()

    def _file(self, wish: Wish) -> Path:
        self._family = self._family or QFontInfo(face(40)).family()
        return self._folder / wish.name(self._family)

    def _go_on(self) -> None:
        """Begin the newest wishes, two at a time, so that what is looked at now comes first."""
        while self._waiting and len(self._at_work) - self._broken < 2:
            wish, _ = self._waiting.popitem(last=True)
            self._at_work.add(wish)
            data = self._shelf.cover_bytes(wish.story) if wish.own else None
            self._background.run(
                make, wish, self._file(wish), data,
                done=partial(self._done, wish),
                failed=partial(self._failed, wish),
            )

    def _done(self, wish: Wish, image: QImage) -> None:
        self._at_work.discard(wish)
        self._keep(wish, image)
        self.ready.emit(wish.story)
        self._go_on()

    def _keep(self, wish: Wish, image: QImage) -> None:
        picture = QPixmap.fromImage(image)
        self._kept[wish] = picture
        self._bytes += _weight(picture)
        while self._bytes > IN_MEMORY and len(self._kept) > 1:
            self._bytes -= _weight(self._kept.popitem(last=False)[1])

    def _failed(self, wish: Wish, error: Exception) -> None:
        # It stays at work for ever, so that it is not tried again at every paint: its book keeps a bare sky.
        log.warning("a cover could not be painted: %r", error)
        self._broken += 1
        self._go_on()


def _weight(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4


def make(wish: Wish, file: Path, data: bytes | None) -> QImage:
    """Make the cover and keep it in `file`; a folder that cannot be written is no hindrance."""
    image = fitted(wish, data) if data else QImage()
    if image.isNull():
        image = painted(wish)
    with suppress(OSError):
        _write(image, file)
    return image


def painted(wish: Wish) -> QImage:
    """Paint a cover from its title."""
    image = QImage(round(wish.width * wish.ratio), round(wish.height * wish.ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(wish.ratio)
    p = QPainter(image)
    paint_cover(p, QRectF(0, 0, wish.width, wish.height), wish.title, wish.author, lettering=wish.lettering)
    p.end()
    return image


def as_file(card: StoryCard) -> bytes:
    """Return the painted cover as a JPEG to leave the house with, the same bytes every time."""
    image = painted(Wish(card.id, card.title, card.author, False, BOOK_WIDE, round(BOOK_WIDE * RATIO), 1.0))
    bytes_ = QBuffer()
    bytes_.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(bytes_, "JPEG", 88)  # type: ignore[call-overload]
    return bytes(bytes_.data().data())


def fitted(wish: Wish, data: bytes) -> QImage:
    """Cut a cover that came with its file to size, from its middle; null where the data is no picture."""
    image = QImage.fromData(data)
    if image.isNull():
        return image
    w, h = round(wish.width * wish.ratio), round(wish.height * wish.ratio)
    whole, fine = Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    image = image.scaled(w, h, whole, fine)
    image = image.copy((image.width() - w) // 2, (image.height() - h) // 2, w, h)
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(wish.ratio)
    return image


def _write(image: QImage, file: Path) -> None:
    """Write the file whole or not at all, and now and then clear out the longest unused."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix="part-", suffix=KIND, dir=file.parent)
    os.close(handle)
    if image.save(name, quality=80):
        Path(name).replace(file)
    else:
        Path(name).unlink(missing_ok=True)
    if hash(file.name) % 64 == 0:
        files = sorted(file.parent.iterdir(), key=lambda one: one.stat().st_mtime)
        for old in files[:-ON_DISK]:
            old.unlink(missing_ok=True)
