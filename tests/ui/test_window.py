"""The window on the screen that is there."""

from storytime.ui.window import Window


def test_on_a_small_screen_the_window_leaves_room_for_its_frame(qtbot):
    window = Window()
    qtbot.addWidget(window)
    desk = window.screen().availableGeometry()
    assert desk.height() <= 800
    window.open()
    assert window.height() <= desk.height() - 40
