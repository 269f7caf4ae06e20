"""The shelf as a list for a view: cards are fetched as they come near, so that 10,000 stories cost as a screenful."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from storytime.core.shelf.story import StoryCard
from storytime.ui.words import minutes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.shelf.shelf import Shelf

    Index = QModelIndex | QPersistentModelIndex

PAGE = 60
"""Cards fetched at a time."""
SCAN = 500
"""Cards looked through at a time where most are not wanted."""
CARD = int(Qt.ItemDataRole.UserRole)
STORIES = "application/x-storytime-story"
DROWSY = ("drowsy", "sleepy", "asleep", "schläfrig", "verschlafen", "soñolient", "dormi")
NO_INDEX = QModelIndex()

Wanted = Callable[[StoryCard], bool]
WISHES: dict[str, tuple[str, Wanted | None]] = {
    "all": ("All", None),
    "short": ("Under 8 min", lambda card: card.minutes < 8),
    "drowsy": ("Drowsy", lambda card: any(word in card.mood.casefold() for word in DROWSY)),
    "begun": ("Begun", lambda card: card.place > 0),
}


class ShelfModel(QAbstractListModel):
    """The stories that a search and a wish leave, in the shelf's own order."""

    def __init__(self, shelf: Shelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._cards: list[StoryCard] = []
        self._read = 0
        """How many of the shelf's cards were looked at, wanted or not."""
        self._whole = False
        self.query, self.wish = "", "all"

    def look_for(self, query: str, wish: str) -> None:
        """Show what a search finds, of what is wished (a key of `WISHES`)."""
        self.query, self.wish = query.strip(), wish
        self.beginResetModel()
        self._read, self._whole = 0, False
        self._cards = self._further(PAGE)
        self.endResetModel()

    def refresh(self) -> bool:
        """Read again what is shown; return whether books came, went or moved (a reset), not only their ribbons."""
        self._read, self._whole = 0, False
        fresh = self._further(max(PAGE, len(self._cards)))
        if [card.id for card in fresh] != [card.id for card in self._cards]:
            self.beginResetModel()
            self._cards = fresh
            self.endResetModel()
            return True
        for row, card in enumerate(fresh):
            if card != self._cards[row]:
                self._cards[row] = card
                self.dataChanged.emit(self.index(row), self.index(row))
        return False

    def _further(self, wanted: int) -> list[StoryCard]:
        """Read on until `wanted` cards more are found, or the shelf ends."""
        keep = WISHES[self.wish][1]
        found: list[StoryCard] = []
        while not self._whole and len(found) < wanted:
            size = SCAN if keep else wanted
            page = self._shelf.cards(self.query, offset=self._read, limit=size)
            self._read += len(page)
            self._whole = len(page) < size
            found += [card for card in page if keep is None or keep(card)]
        return found

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many cards were fetched."""
        return 0 if parent.isValid() else len(self._cards)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the shelf goes on."""
        return not parent.isValid() and not self._whole

    def fetchMore(self, parent: Index) -> None:
        """Fetch another page."""
        if parent.isValid():
            return
        fresh = self._further(PAGE)
        if fresh:
            self.beginInsertRows(NO_INDEX, len(self._cards), len(self._cards) + len(fresh) - 1)
            self._cards += fresh
            self.endInsertRows()

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return the card, its title, or what a screen reader says."""
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role == CARD:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return card.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            by = f", by {card.author}" if card.author else ""
            return f"{card.title}{by}, {minutes(card.minutes)}{', begun' if card.place else ''}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Books can be chosen, and carried to the tray."""
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:
        """Return what a carried book is."""
        return [STORIES]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the carried book's id."""
        data = QMimeData()
        data.setData(STORIES, QByteArray(",".join(str(self._cards[i.row()].id) for i in indexes).encode()))
        return data

    def card_at(self, row: int) -> StoryCard | None:
        """Return a fetched card."""
        return self._cards[row] if 0 <= row < len(self._cards) else None

    def row_of(self, story: int) -> int | None:
        """Return the row of a story among the fetched ones."""
        return next((row for row, card in enumerate(self._cards) if card.id == story), None)
