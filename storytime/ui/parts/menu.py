"""A menu on paper: a few things to choose from that a screen has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from storytime.ui.theme import Day, Space, sans, text_scale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LOOK = f"""
QMenu {{ background: {Day.SHEET}; color: {Day.INK}; border: 1px solid {Day.SHADE}; padding: 6px; }}
QMenu::item {{ padding: 8px 22px 8px 12px; border-radius: {Space.FIELD}px; }}
QMenu::item:selected {{ background: {Day.CLAY_WASH}; color: {Day.INK}; }}
QMenu::item:disabled {{ color: {Day.INK3}; }}
QMenu::separator {{ height: 1px; background: {Day.LINE}; margin: 5px 10px; }}
"""


def paper_menu(name: str, parent: QWidget) -> QMenu:
    """Return an empty menu; fill it before it is shown with `write_menu`."""
    menu = QMenu(parent)
    menu.setAccessibleName(name)
    menu.setFont(sans(15 * text_scale()))
    menu.setStyleSheet(LOOK)
    return menu


def write_menu(menu: QMenu, entries: Iterable[tuple[str, Callable[[], object]] | None]) -> None:
    """Write entries anew: words and what they do; None draws a line between."""
    menu.clear()
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        else:
            words, act = entry
            menu.addAction(words).triggered.connect(lambda _on=False, act=act: act())
