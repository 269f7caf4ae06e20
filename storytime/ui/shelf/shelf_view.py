"""Books on ledges: a list view whose delegate paints each book where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from storytime.ui.parts.book import cut, paint_book
from storytime.ui.parts.cover.recipe import RATIO
from storytime.ui.parts.fields import SCROLL_BARS
from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import SMOOTH, dot, rounded, write
from storytime.ui.parts.paper import lay_paper, ledge
from storytime.ui.parts.seal import paint_seal, wax_of
from storytime.ui.shelf.shelf_model import CARD, ShelfModel
from storytime.ui.theme import Day, Dusk, colour, sans, serif, text_scale
from storytime.ui.words import language, minutes

if TYPE_CHECKING:
    from collections.abc import Collection

    from storytime.core.shelf.story import StoryCard
    from storytime.ui.parts.cover import CoverKeeper
    from storytime.ui.parts.family import Family

    Index = QModelIndex | QPersistentModelIndex

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
EDGE = 14
"""How far a ledge reaches beyond its books."""
LEAST_GAP = 26
ABOVE = 14
"""Room over a row for ribbon and ring."""
BADGE = 15.0
SEAL = 13.5


@dataclass(frozen=True, slots=True)
class Rows:
    """How books stand in a view of a given size, in logical pixels."""

    book: int
    columns: int
    cell: int
    pitch: int

    @classmethod
    def of(cls, width: int, *, low: bool, scale: float) -> Rows:
        """Return the rows for a viewport `width` wide; in a low window books are smaller."""
        book = 132 if low else 148
        inner = width - 38
        columns = max(1, (inner + LEAST_GAP) // (book + LEAST_GAP))
        gap = (inner - columns * book) / (columns - 1) if columns > 1 else LEAST_GAP
        # One pixel less than fits: a list view that is filled to its edge wraps.
        cell = int(min(book + gap, (width - 1) / columns))
        return cls(book, columns, max(book + 8, cell), round(book * RATIO + ABOVE + 28 + 34 * scale))

    @property
    def floor(self) -> int:
        """The ledge's y in its row."""
        return ABOVE + round(self.book * RATIO)


class BookDelegate(QStyledItemDelegate):
    """Paints one book with its ring, its moon and its caption."""

    def __init__(self, view: ShelfView, covers: CoverKeeper, family: Family) -> None:
        super().__init__(view)
        self._view, self._covers, self._family = view, covers, family

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the cell's size."""
        rows = self._view.rows
        return QSize(rows.cell, rows.pitch)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the book into its cell."""
        card: StoryCard = index.data(CARD)
        p.save()
        p.setRenderHints(SMOOTH)
        own = cut(card.title, card.minutes, self._view.rows.book)
        book = self._view.book_rect(option.rect, card)
        ratio = p.device().devicePixelRatioF()
        cover = self._covers.cover(card, book.width(), book.height(), ratio)
        paint_book(p, book, cover, card.title, own.leaves, ribbon=card.place > 0)
        seal = self._family.seal(card.id)
        if seal:
            paint_seal(p, book.left() + SEAL + 9, book.bottom() - SEAL - 7, SEAL, seal.initial, wax_of(seal))
        tonight = card.id in self._view.tonight
        current = index == self._view.currentIndex() and self._view.hasFocus()
        if tonight or current or index == self._view.hovered:
            self._badge(p, book, tonight)
        if current:
            rounded(p, book.adjusted(-5, -5, 5 + own.leaves, 5), 6, None, Day.CLAY, 2.5)
        self._caption(p, book, card, seal.name if seal else aside(card), tonight)
        p.restore()

    def _badge(self, p: QPainter, book: QRectF, tonight: bool) -> None:
        middle = badge_rect(book).center()
        dot(p, middle.x(), middle.y() + 1, BADGE + 1, colour("#000000", 0.25))
        dot(p, middle.x(), middle.y(), BADGE, Dusk.NIGHT)
        p.setBrush(Qt.BrushStyle.NoBrush)
        rounded(p, badge_rect(book), BADGE, None, colour(Dusk.MOON, 0.35), 1)
        paint_icon(p, "check" if tonight else "moon", middle.x(), middle.y(), 17, Dusk.MOON, 1.8)

    def _caption(self, p: QPainter, book: QRectF, card: StoryCard, more: str, tonight: bool) -> None:
        scale = text_scale()
        y = book.bottom() + 5 + 14 + 14 * scale
        wide = write(p, book.left(), y, minutes(card.minutes), serif(15 * scale, 600, optical=14), Day.INK)
        words, ink = ("tonight", Day.CLAY) if tonight else (more, Day.INK2)
        font = sans(14 * scale)
        if QFontMetricsF(font).horizontalAdvance(words) <= book.width() - wide - 4:
            write(p, book.right() + 4, y, words, font, ink, "right")


def aside(card: StoryCard) -> str:
    """Return the one more word under a book: its mood's first, else its language where that is not English."""
    mood = card.mood.split(",")[0].strip()
    if mood and len(mood) <= 12:
        return mood
    return "" if card.language.startswith("en") else language(card.language)


def badge_rect(book: QRectF) -> QRectF:
    """Return where a book's moon is, at its foot."""
    return QRectF(book.right() - 2 * BADGE - 7, book.bottom() - 2 * BADGE - 7, 2 * BADGE, 2 * BADGE)


class ShelfView(QListView):
    """Emits `opened` and `laid_out` with a story's id; arrows walk, Enter opens, Space lays out."""

    opened = Signal(int)
    laid_out = Signal(int)
    ring_radius = None

    def __init__(
        self, model: ShelfModel, covers: CoverKeeper, family: Family, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.tonight: Collection[int] = ()
        self.hovered = QModelIndex()
        self._pressed: int | None = None
        self.rows = Rows.of(900, low=False, scale=text_scale())
        self.setModel(model)
        self.setItemDelegate(BookDelegate(self, covers, family))
        family.changed.connect(self.viewport().update)
        self.setAccessibleName("Stories on the shelf")
        self.setAccessibleDescription("Arrows walk along the books, Enter opens one, Space lays it out for tonight")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.setStyleSheet("QListView { background: transparent; border: 0; }" + SCROLL_BARS)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        covers.ready.connect(self._cover_ready)

    def show_tonight(self, stories: Collection[int]) -> None:
        """Mark the books that are laid out."""
        self.tonight = frozenset(stories)
        self.viewport().update()

    def book_rect(self, cell: QRect, card: StoryCard) -> QRectF:
        """Return where a book's cover stands in its cell, in the viewport."""
        own = cut(card.title, card.minutes, self.rows.book)
        left = cell.left() + EDGE + (self.rows.book - own.width) / 2
        return QRectF(round(left), cell.top() + self.rows.floor - own.height, own.width, own.height)

    def _cover_ready(self, story: int) -> None:
        model = self.model()
        row = model.row_of(story) if isinstance(model, ShelfModel) else None
        if row is not None:
            self.viewport().update(self.visualRect(model.index(row, 0)))

    def _card(self, index: Index) -> StoryCard | None:
        return index.data(CARD) if index.isValid() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand the books anew."""
        low = self.window().height() < 700
        self.rows = Rows.of(self.viewport().width(), low=low, scale=text_scale())
        self.setGridSize(QSize(self.rows.cell, self.rows.pitch))
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay paper and ledges, then the books upon them."""
        p = QPainter(self.viewport())
        lay_paper(p, QRectF(event.rect()))
        offset, pitch = self.verticalOffset(), self.rows.pitch
        count = -(-self.model().rowCount() // self.rows.columns)
        first = max(0, (event.rect().top() + offset) // pitch)
        for row in range(first, min(count, (event.rect().bottom() + offset) // pitch + 1)):
            ledge(p, 0, self.viewport().width(), row * pitch + self.rows.floor - offset)
        p.end()
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, lay out on Space, walk on all else."""
        card = self._card(self.currentIndex())
        if card is None or event.key() not in (*ENTER, Qt.Key.Key_Space):
            super().keyPressEvent(event)
        elif event.isAutoRepeat():
            # A finger that stays lays nothing back, and opens nothing that it only walked to.
            event.accept()
        elif event.key() in ENTER:
            self.opened.emit(card.id)
        else:
            self.laid_out.emit(card.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the moon of the book under the pointer."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index != self.hovered:
            for one in (self.hovered, index):
                self.viewport().update(self.visualRect(one))
            self.hovered = index
        shape = Qt.CursorShape.PointingHandCursor if index.isValid() else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the moon."""
        self.viewport().update(self.visualRect(self.hovered))
        self.hovered = QModelIndex()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the book that was clicked, or lay it out where its moon was."""
        pressed, self._pressed = self._pressed, None
        index = self.indexAt(event.position().toPoint())
        card = self._card(index)
        super().mouseReleaseEvent(event)
        if card is None or event.button() != Qt.MouseButton.LeftButton or pressed != card.id:
            return
        book = self.book_rect(self.visualRect(index), card)
        if badge_rect(book).adjusted(-4, -4, 4, 4).contains(event.position()):
            self.laid_out.emit(card.id)
        elif book.adjusted(0, 0, 12, 40).contains(event.position()):
            self.opened.emit(card.id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember which book was pressed."""
        card = self._card(self.indexAt(event.position().toPoint()))
        self._pressed = card.id if card else None
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a book when the keyboard comes here, so that arrows have a beginning."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))

    def book_at(self, story: int) -> QPoint | None:
        """Return the middle of a book in the viewport, where it is shown."""
        model = self.model()
        row = model.row_of(story) if isinstance(model, ShelfModel) else None
        return self.visualRect(model.index(row, 0)).center() if row is not None else None
