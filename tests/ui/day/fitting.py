"""What holds of every page of the day: controls with names, reached by Tab, inside the page; and words that fit."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QLineEdit

from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.fields import Field
from storytime.ui.parts.labels import Label

CONTROLS = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit, QAbstractItemView)
SIZES = [(1280, 740), (1024, 540), (1280, 660), (1900, 1000)]


def seen(screen, kind):
    return [one for one in screen.findChildren(kind) if one.isVisible()]


def controls(screen):
    return [one for kind in CONTROLS for one in seen(screen, kind) if one.focusPolicy() != Qt.FocusPolicy.NoFocus]


def nameless(screen):
    return [one for one in controls(screen) if not one.accessibleName()]


def missed_by_tab(screen):
    wanted = {id(one): one for one in controls(screen) if one.isEnabled()}
    controls(screen)[0].setFocus()
    reached, at = set(), screen.focusWidget()
    for _ in range(200):
        reached.add(id(at))
        screen.focusNextPrevChild(True)
        at = screen.window().focusWidget()
    # Of choices that exclude each other the arrows reach the others, as everywhere.
    return [one.accessibleName() for key, one in wanted.items()
            if key not in reached and not getattr(one, "autoExclusive", bool)()]


def assert_words_fit(screen):
    for label in seen(screen, Label):
        metrics = QFontMetricsF(label.font())
        if label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()) - 1, label.text()
        else:
            assert metrics.horizontalAdvance(label.text()) <= label.width() + 1, label.text()
    for button in seen(screen, InkButton):
        assert button.width() >= button.sizeHint().width() - 1, button.text()
    for field in seen(screen, Field):
        margins = field.textMargins()
        room = field.width() - margins.left() - margins.right()
        assert QFontMetricsF(field.font()).horizontalAdvance(field.placeholderText()) <= room, field.placeholderText()


def assert_controls_inside(screen):
    for one in controls(screen):
        left = one.mapTo(screen, one.rect().topLeft()).x()
        assert left >= 0
        assert left + one.width() <= screen.width() + 1, one.accessibleName()
        assert min(one.width(), one.height()) >= 30, one.accessibleName()
