"""The parts of the night: every icon stays in its square, light adds as light, and the dark has no rings."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from storytime.devices.rehearsal import PretendClock
from storytime.ui.parts.burning import Burning
from storytime.ui.parts.candle import LEAST, breath_at, flame_box, flame_path, lean_at
from storytime.ui.parts.firelight import firelight
from storytime.ui.parts.glow import Pool, glow_image
from storytime.ui.parts.hold import Hold
from storytime.ui.parts.icons import NAMES, paint_icon
from storytime.ui.parts.light import bytes_of, linear_of, measure


@pytest.mark.parametrize("name", sorted(NAMES))
def test_an_icon_is_drawn_within_its_square(qapp, name):
    image = QImage(96, 96, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    paint_icon(painter, name, 48, 48, 48, "#ffffff")
    painter.end()
    lit = bytes_of(image).max(axis=2) > 24
    assert lit.any()
    lit[22:74, 22:74] = False
    assert not lit.any()


def test_an_unknown_icon_is_an_error(qapp):
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    with pytest.raises(KeyError):
        paint_icon(painter, "unicorn", 4, 4, 8, "#fff")
    painter.end()


def test_two_pools_give_the_sum_of_their_light():
    area = QRectF(0, 0, 400, 300)
    one, two = Pool(130, 150, 60, 60, 0.05), Pool(250, 150, 80, 50, 0.03)
    apart = linear_of(glow_image(area, 1.0, (one,)))[..., 0] + linear_of(glow_image(area, 1.0, (two,)))[..., 0]
    both = linear_of(glow_image(area, 1.0, (one, two)))[..., 0]
    assert both.mean() == pytest.approx(apart.mean(), rel=0.01)


def test_the_dither_is_true_on_the_average_and_leaves_no_ring():
    area = QRectF(0, 0, 512, 512)
    pool = Pool(256, 256, 400, 400, 0.02)
    red = bytes_of(glow_image(area, 1.0, (pool,)))[..., 0].astype(float)
    blocks = red.reshape(64, 8, 64, 8).mean(axis=(1, 3))
    # Along a radius the averages fall in fractions of a level; without dither they would fall in whole ones.
    falls = -np.diff(blocks[32, 32:60])
    assert (falls >= -0.05).all()
    assert falls.max() < 0.9


def test_beyond_its_reach_a_pool_gives_nothing():
    pixels = bytes_of(glow_image(QRectF(0, 0, 300, 100), 1.0, (Pool(20, 50, 20, 20, 0.05),)))
    assert not pixels[:, 81:].any()


def test_the_glow_is_the_same_at_any_pixel_ratio():
    pools = (Pool(200, 150, 60, 80, 0.06),)
    means = [measure(glow_image(QRectF(0, 0, 400, 300), dpr, pools)).mean for dpr in (1.0, 1.5, 2.0)]
    assert means == pytest.approx([means[0]] * 3, rel=0.02)


def test_a_flame_never_leaves_its_box():
    for seconds in np.arange(0, 60, 0.25):
        box = flame_box(100, 200, 100)
        rim = flame_path(100, 206.5, 130 * breath_at(seconds) / 1.03, 56, lean_at(seconds)).controlPointRect()
        assert box.contains(rim)


def test_the_wax_burns_in_whole_pixels_and_keeps_a_last_stub(qapp):
    burning = Burning()
    burning.fit(1280, 800, 1.0)
    tops = set()
    for share in np.linspace(1, 0, 300):
        burning.burn(share)
        tops.add(burning.top)
    assert all(top == int(top) for top in tops)
    assert burning.base - burning.top == pytest.approx(burning.width * LEAST, abs=1)
    assert not burning.burn(0.0)


def test_firelight_keeps_to_its_peak_and_to_its_mean(qapp):
    white = QImage(64, 64, QImage.Format.Format_RGB32)
    white.fill(QColor("#dfe8ff"))
    assert measure(firelight(white, 0.1)).max <= 0.105
    assert measure(firelight(white, 0.1, 0.02)).mean == pytest.approx(0.02, rel=0.05)
    black = QImage(64, 64, QImage.Format.Format_RGB32)
    black.fill(QColor("#000000"))
    assert measure(firelight(black, 0.1)).mean < 1e-4


def test_a_hold_counts_once_after_its_whole_time_and_not_when_let_go():
    clock, done = PretendClock(), []
    hold = Hold(clock, lambda: done.append(clock.boot()), 2.0)
    hold.press()
    clock.advance(1)
    hold.press()
    assert hold.share() == pytest.approx(0.5)
    assert hold.release()
    clock.advance(5)
    assert done == []
    began = clock.boot()
    hold.press()
    clock.advance(5)
    assert done == [began + 2]
    assert not hold.release()
