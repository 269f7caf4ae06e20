"""The promise of light: every frame of the night is measured, at every size, and stays under its ceiling."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from storytime.ui.evening.candle_screen import CandleScreen
from storytime.ui.evening.choosing_screen import ChoosingScreen
from storytime.ui.evening.gate_screen import GateScreen
from storytime.ui.evening.goodnight_screen import GoodnightScreen
from storytime.ui.evening.morning_screen import MorningScreen
from storytime.ui.evening.sealed_screen import SealedScreen
from storytime.ui.evening.telling_screen import TellingCandleScreen, TellingScreen, TellingTextScreen
from storytime.ui.parts.light import DARK, NIGHT, READING, Light, measure
from tests.ui.night.conftest import SIZES, picture

pytestmark = pytest.mark.parametrize("size", SIZES)
PALE = ("Snow on the Last Hill", "The First Snow", "A Snowman’s Letter")


@pytest.fixture(params=[False, True], ids=["as_it_is", "brighter_words"])
def room(request, bedroom):
    bedroom.settings.change(brighter_words=request.param)
    return bedroom


def test_the_candle_is_dim_at_every_height(room, size):
    room.lay_out("The Boat That Waited for the Tide")
    screen = room.show(CandleScreen(room.keeper, room.shelf, room.settings, room.clock), size)
    for hour, minute in ((19, 11), (19, 20), (19, 40), (19, 57)):
        screen.hide()
        room.go_to(hour, minute)
        screen.show()
        screen.act(Qt.Key.Key_Right)
        assert measure(picture(screen)).within(NIGHT)


def test_the_choice_is_dim_even_among_the_palest_covers(room, size):
    room.lay_out(*PALE, lines=20)
    screen = room.show(ChoosingScreen(room.keeper, room.shelf, room.settings, room.clock), size)
    for _ in PALE:
        assert measure(picture(screen)).within(Light(0.004, NIGHT.max, NIGHT.blue))
        screen.act(Qt.Key.Key_Right)
        picture(screen)
        room.clock.advance(1)


def test_telling_on_black_gives_no_light_at_all(room, size):
    screen = room.show(TellingScreen(room.reader, room.settings, room.clock), size)
    assert measure(picture(screen)) == DARK


def test_the_seal_gives_no_light_at_all(room, size):
    screen = room.show(SealedScreen(room.clock, room.settings), size)
    assert measure(picture(screen)) == DARK


def test_dim_words_stay_dim_however_long_the_line(room, size):
    long = "And the sea went on, and the lamp went on, and nobody in the whole house was in any hurry {} " * 3
    (story,) = room.lay_out("Long Lines")
    room.shelf.edit(story, text="\n\n".join(f"{i} {long.strip()}." for i in range(9)))
    screen = room.show(TellingTextScreen(room.reader, room.shelf, room.keeper, room.settings, room.clock), size)
    room.reader.tell([story], 4)
    assert measure(picture(screen)).within(READING)


def test_words_that_are_followed_give_no_more_light_than_the_line_without(room, size):
    (story,) = room.lay_out("The Lamp", lines=9)
    screen = room.show(TellingTextScreen(room.reader, room.shelf, room.keeper, room.settings, room.clock), size)
    room.reader.tell([story], 4)
    room.clock.advance(1.5)
    plain = measure(picture(screen))
    room.settings.change(follow_words=True)
    room.clock.advance(0.5)
    followed = measure(picture(screen))
    assert followed.within(READING)
    assert followed.within(plain)


def test_telling_beside_the_candle_is_dim(room, size):
    screen = room.show(TellingCandleScreen(room.reader, room.keeper, room.settings, room.clock), size)
    assert measure(picture(screen)).within(NIGHT)


def test_every_page_of_the_gate_is_dim(room, size):
    screen = room.show(GateScreen(room.gate, room.keeper, room.settings, room.clock), size)
    assert measure(picture(screen)).within(NIGHT)
    room.go_to(20, 1)
    assert measure(picture(screen)).within(NIGHT)
    for digit in str(sum(room.gate.question())):
        screen.act(Qt.Key[f"Key_{digit}"])
    assert measure(picture(screen)).within(NIGHT)
    screen.act(Qt.Key.Key_Return)
    assert measure(picture(screen)).within(NIGHT)


def test_the_goodnight_is_dim_from_its_first_frame_to_the_dark(room, size):
    room.reader.prepare(room.lay_out("Nine Lanterns in the Wood"))
    screen = room.show(GoodnightScreen(room.keeper, room.reader, room.settings, room.clock), size)
    room.go_to(19, 59, 40)
    lights = []
    while not room.keeper.evening.dark:
        lights.append(measure(picture(screen)))
        room.clock.advance(1)
    assert all(light.within(NIGHT) for light in lights)
    assert lights[0].mean > lights[-1].mean
    assert measure(picture(screen)) == DARK


def test_the_morning_begins_in_the_black(room, size):
    screen = room.show(MorningScreen(room.keeper, room.settings, room.clock), size)
    assert measure(picture(screen)) == DARK
    room.clock.advance(45)
    half = measure(picture(screen))
    room.clock.advance(46)
    assert DARK.mean < half.mean < measure(picture(screen)).mean


def test_the_measure_knows_what_others_measured(size):
    width, height, dpr = SIZES[size]
    image = QImage(int(width * dpr), int(height * dpr), QImage.Format.Format_RGB32)
    known = (("#000000", 0, 0), ("#ffffff", 1, 1), ("#0000ff", 0.0722, 1), ("#808080", 0.2159, 0.2159))
    for colour, mean, blue in known:
        image.fill(QColor(colour))
        light = measure(image)
        assert light.mean == pytest.approx(mean, abs=1e-4)
        assert light.max == pytest.approx(mean, abs=1e-4)
        assert light.blue == pytest.approx(blue, abs=1e-4)
