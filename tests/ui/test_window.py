"""The window on the screen that is there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from storytime.ui.window import Window


class Still:
    """A stage manager of a sealed house."""

    def key(self, key, pressed):
        """Do nothing."""

    def sealed(self):
        return True


def test_on_a_small_screen_the_window_leaves_room_for_its_frame(qtbot):
    window = Window()
    qtbot.addWidget(window)
    desk = window.screen().availableGeometry()
    assert desk.height() <= 800
    window.open()
    assert window.height() <= desk.height() - 40


def test_the_pointer_is_hidden_from_the_first_dark_frame_on(qtbot):
    window = Window(dark=True)
    qtbot.addWidget(window)
    window.open()
    hidden = [window.cursor().shape()]
    page = QWidget()
    window.obey(Still())
    hidden.append(window.cursor().shape())
    window.put(page, "sealed", full=True)
    hidden.append(window.cursor().shape())
    assert set(hidden) == {Qt.CursorShape.BlankCursor}
    window.put(QWidget(), "shelf", full=False)
    assert window.cursor().shape() is Qt.CursorShape.ArrowCursor
