"""Every state of the studio, at every size: words fit, controls are named, reached by Tab and inside the page."""

import pytest

from storytime.ui.parts.buttons import InkButton
from storytime.ui.studio.keycaps import Keycap
from storytime.ui.studio.studio_screen import StudioScreen
from storytime.ui.theme import load_fonts
from tests.ui.day.fitting import (
    SIZES,
    assert_controls_inside,
    assert_words_fit,
    controls,
    missed_by_tab,
    nameless,
    seen,
)
from tests.ui.day.sitting import MAMA, OPA, STATES, Inputs, Sitting


@pytest.fixture
def state(room, show):
    """Show the studio in a state, at a size, in the faces it has on a family's machine."""
    load_fonts()
    for teller in (MAMA, OPA):
        room.tellers.welcome(teller.name, teller.relation, teller.consent)

    def shown(name, width=1280, height=740):
        sitting = Sitting(STATES[name])
        screen = StudioScreen(sitting, room.tellers, Inputs(), room.settings)
        show(screen, width, height)
        if name.startswith("proof"):
            screen.listen_again()
        sitting.wave.emit([-20.0 - i % 30 for i in range(300)])
        return screen

    return shown


@pytest.mark.parametrize("name", STATES)
def test_every_control_has_a_name_and_a_place(state, name):
    screen = state(name)
    assert nameless(screen) == []
    assert controls(screen)
    assert missed_by_tab(screen) == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("name", STATES)
def test_words_and_controls_fit(state, name, size):
    screen = state(name, *size)
    assert (screen.width(), screen.height()) == size
    assert_words_fit(screen)
    assert_controls_inside(screen)
    assert_nothing_overlaps(screen)


@pytest.mark.parametrize("name", [name for name in STATES if name not in ("who", "proof")])
def test_nothing_of_a_state_is_scrolled_out_of_a_small_window(state, name):
    screen = state(name, 1024, 540)
    assert screen._scrolls[screen.page].verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("size", [(1280, 740), (1024, 540)], ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("name", STATES)
def test_words_fit_where_the_system_s_text_is_large(large_text, state, name, size):
    screen = state(name, *size)
    assert (screen.width(), screen.height()) == size
    assert_words_fit(screen)
    assert_controls_inside(screen)


@pytest.mark.parametrize("name", STATES)
def test_one_thing_a_state_is_clay(state, name):
    assert sum(button.kind == "primary" for button in seen(state(name), InkButton)) <= 1


def assert_nothing_overlaps(screen):
    """Keycaps stand beside each other, over the foot and inside the page."""
    caps = seen(screen, Keycap)
    areas = [cap.rect().translated(cap.mapTo(screen, cap.rect().topLeft())) for cap in caps]
    for i, area in enumerate(areas):
        assert screen.rect().contains(area), caps[i].accessibleName()
        assert not any(area.intersects(other) for other in areas[i + 1 :])
        assert caps[i].width() >= caps[i].sizeHint().width()
