"""The shelf: found as you type, lazy over thousands, laid out by key, added to beside the window."""

from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeyEvent

from storytime.core.reading.narrator import Narrator
from storytime.core.reading.preparer import Preparer
from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.story import Manuscript, StoryCard
from storytime.ui.shelf.shelf_model import PAGE, ShelfModel
from storytime.ui.shelf.shelf_screen import ShelfScreen
from storytime.ui.shelf.tray import Hour
from storytime.ui.shelf.tray_rows import stand_apart
from storytime.ui.words import minutes

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
ONE = StoryCard(1, "A Tale", "", "en", 10, 100, 5.0, "a.txt", mood="drowsy")


class LongShelf:
    """Ten thousand cards, and a count of those that were asked for."""

    def __init__(self, count=10_000):
        self._cards = [replace(ONE, id=i, title=f"Tale {i}", minutes=i % 20) for i in range(count)]
        self.asked = 0

    def cards(self, query="", *, offset=0, limit=None):
        page = self._cards[offset : offset + limit]
        self.asked += len(page)
        return page


@pytest.fixture
def screen(room, show):
    return show(ShelfScreen(room.shelf, room.keeper, room.settings, room.covers, room.family, room.background))


def test_ten_thousand_stories_are_fetched_by_the_page():
    shelf = LongShelf()
    model = ShelfModel(shelf)
    model.look_for("", "all")
    assert model.rowCount() == PAGE == shelf.asked
    model.fetchMore(model.index(-1))
    assert model.rowCount() == 2 * PAGE == shelf.asked


def test_a_shelf_is_walked_to_its_end():
    model = ShelfModel(LongShelf(150))
    model.look_for("", "short")
    while model.canFetchMore(model.index(-1)):
        model.fetchMore(model.index(-1))
    assert model.rowCount() == sum(i % 20 < 8 for i in range(150))


def test_a_ribbon_moves_without_the_shelf_being_built_anew(room):
    model = ShelfModel(room.shelf)
    model.look_for("", "all")
    room.shelf.keep_place(model.card_at(2).id, 4)
    assert model.refresh() is False
    assert model.card_at(2).place == 4


def test_the_view_never_makes_a_widget_for_a_book(screen):
    assert screen.view.viewport().children() == []


def test_search_finds_as_it_is_typed(screen, qtbot):
    qtbot.keyClicks(screen.search, "lighth")
    assert screen.model.rowCount() >= 1
    assert "Lighthouse" in screen.model.card_at(0).title
    qtbot.keyClicks(screen.search, "zzz")
    assert screen.model.rowCount() == 0
    assert "lighthzzz" in screen.nothing.text()
    assert screen.nothing.isVisible()


def test_space_lays_a_book_out_and_takes_it_back(screen, room, qtbot):
    screen.view.setFocus()
    qtbot.keyClick(screen.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(screen.tray.cards) == 1)
    assert room.shelf.tray() == [room.ids()[0]]
    qtbot.keyClick(screen.view, Qt.Key.Key_Space)
    assert room.shelf.tray() == []


def test_a_space_that_is_kept_down_lays_a_book_out_once(screen, room, qtbot):
    screen.view.setFocus()
    qtbot.keyPress(screen.view, Qt.Key.Key_Space)
    for _ in range(3):
        screen.view.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, NO_MODIFIER, " ", autorep=True))
    assert len(room.shelf.tray()) == 1


def test_an_enter_that_is_kept_down_in_the_search_opens_no_story(screen, qtbot):
    opened = []
    screen.story_opened.connect(opened.append)
    screen.search.setFocus()
    qtbot.keyPress(screen.search, Qt.Key.Key_Return)
    screen.view.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, NO_MODIFIER, "\r", autorep=True))
    assert opened == []


def test_arrows_walk_and_enter_opens(screen, room, qtbot):
    screen.view.setFocus()
    qtbot.keyClick(screen.view, Qt.Key.Key_Right)
    with qtbot.waitSignal(screen.story_opened) as opened:
        qtbot.keyClick(screen.view, Qt.Key.Key_Return)
    assert opened.args == [room.ids()[1]]


def test_a_fourth_story_is_declined_with_a_reason(screen, room):
    for story in room.ids()[:4]:
        screen.lay_out(story)
    assert len(room.shelf.tray()) == 3
    assert screen.note.isVisible()


def test_stories_in_the_tray_are_taken_out_and_moved_by_keys(screen, room, qtbot):
    first, second, third = room.ids()[:3]
    room.shelf.arrange([first, second, third])
    qtbot.waitUntil(lambda: len(screen.tray.cards) == 3)
    qtbot.keyClick(screen.tray.rows[0], Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert room.shelf.tray() == [second, first, third]
    qtbot.waitUntil(lambda: screen.tray.cards[0].id == second)
    qtbot.keyClick(screen.tray.rows[0], Qt.Key.Key_Delete)
    assert room.shelf.tray() == [first, third]


def test_the_shortest_story_lasts_a_minute_wherever_its_length_is_said(screen, room, qtbot):
    assert minutes(0.1) == "1 min"
    words = "The lamp went out."
    short = room.shelf.add(Manuscript("The Lamp", to_chapters([("", [words])]))).id
    room.shelf.arrange([short])
    qtbot.waitUntil(lambda: len(screen.tray.cards) == 1)
    assert screen.tray.total_words() == "1 minute"


def test_the_candle_s_hour_is_what_is_left_before_lights_out(room):
    assert Hour.of(room.keeper).room == 45
    room.clock.advance(2 * 3600 + 10 * 60)
    assert Hour.of(room.keeper).room == 30
    assert Hour.of(room.keeper).begun


def test_rows_in_the_tray_never_lie_over_each_other():
    rows = stand_apart([(0, 20), (20, 30), (30, 200)], 60)
    assert all(b >= a + 60 for a, b in rows)
    assert all(after[0] >= before[1] for before, after in pairwise(rows))


@pytest.mark.parametrize("size", [(1280, 740), (1024, 540)])
def test_stories_in_the_tray_stay_above_its_foot_where_the_system_s_text_is_large(large_text, room, show, qtbot, size):
    room.shelf.arrange(room.ids()[:3])
    parts = (room.shelf, room.keeper, room.settings, room.covers, room.family, room.background)
    tray = show(ShelfScreen(*parts), *size).tray
    qtbot.waitUntil(lambda: len(tray.cards) == 3)
    rows = [row.geometry() for row in tray.rows]
    assert all(above.bottom() <= below.top() for above, below in pairwise(rows))
    assert rows[-1].bottom() <= tray.foot()


def test_dropped_files_are_added_and_a_bad_one_is_named(screen, room, tmp_path, qtbot):
    good, bad = tmp_path / "A Quiet Tale.txt", tmp_path / "bad.txt"
    good.write_text("There was a hill. It slept.\n", encoding="utf-8")
    bad.write_bytes(b"\0\1\2\0")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(good)), QUrl.fromLocalFile(str(bad))])
    with qtbot.waitSignal(screen.adding.ended):
        screen.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                                    Qt.KeyboardModifier.NoModifier))
    assert any(card.source == good.name for card in room.shelf.cards())
    assert "bad.txt" in screen.note.accessibleName()


def test_hundreds_of_files_are_added_with_a_background_that_answers_at_once(bare_room, show, tmp_path):
    screen = show(ShelfScreen(bare_room.shelf, bare_room.keeper, bare_room.settings, bare_room.covers,
                              bare_room.family, bare_room.background))
    for i in range(700):
        (tmp_path / f"{i:04}.txt").write_text(f"Story {i} of a long night. It ends.", encoding="utf-8")
    screen.bring([tmp_path])
    assert bare_room.shelf.count() == 700


class Slow:
    """A background that does one piece of work when asked."""

    def __init__(self):
        self.waiting = []

    def run(self, work, *values, done, failed):
        self.waiting.append((work, values, done))

    def step(self):
        work, values, done = self.waiting.pop(0)
        done(work(*values))


def test_adding_can_be_stopped_and_what_was_read_is_kept(bare_room, show, tmp_path):
    slow = Slow()
    screen = show(ShelfScreen(bare_room.shelf, bare_room.keeper, bare_room.settings, bare_room.covers,
                              bare_room.family, slow))
    for i in range(10):
        (tmp_path / f"{i}.txt").write_text(f"Story {i}. It ends.", encoding="utf-8")
    screen.bring([tmp_path])
    for _ in range(4):
        slow.step()
    screen.progress.stop.click()
    while slow.waiting:
        slow.step()
    assert bare_room.shelf.count() == 3
    assert not screen.progress.isVisible()


def test_an_empty_shelf_says_what_to_do_next(bare_room, show, qtbot):
    screen = show(ShelfScreen(bare_room.shelf, bare_room.keeper, bare_room.settings, bare_room.covers,
                              bare_room.family, bare_room.background))
    qtbot.waitUntil(screen.empty.isVisible)
    assert screen.empty.add.isVisible()
    assert not screen.tray.isVisible()


def test_the_attic_is_undone_from_the_note(screen, room, qtbot):
    story = room.ids()[0]
    room.shelf.to_attic(story)
    screen.put_away(story, "The Boat")
    screen.note.button.click()
    assert story in room.ids()


def test_nothing_is_painted_while_no_minute_has_gone(screen, room, qtbot):
    qtbot.waitUntil(lambda: not screen._again.isActive())
    hour = screen.tray.hour
    room.clock.advance(5)
    assert screen.tray.hour == hour


@pytest.fixture
def preparing(room, show):
    """A shelf with one story laid out, and who prepares it on a voice that takes a tenth of a second a line."""
    room.shelf.arrange(room.ids()[:1])
    narrator = Narrator(room.voice, room.settings)
    memory = SimpleNamespace(load=lambda _name: None, save=lambda _name, _value: None)
    preparer = Preparer(room.shelf, lambda: narrator, room.voice, lambda: room.voice, room.clock, memory)
    more = (room.family, room.background)
    return show(ShelfScreen(room.shelf, room.keeper, room.settings, room.covers, *more, preparer=preparer))


def test_tonight_is_prepared_at_a_press_and_said_to_be_ready(preparing, room):
    assert preparing.tray.prepare.text() == "Prepare tonight"
    preparing.tray.prepare.click()
    room.clock.advance(0.1)
    assert preparing.tray.prepare.text().startswith("Preparing ")
    assert 0 < preparing.tray.prepare.share < 1
    room.clock.advance(600)
    assert preparing.tray.prepare.text() == "Ready for tonight"
    assert not preparing.tray.prepare.isEnabled()


def test_preparing_is_stopped_by_a_second_press(preparing, room):
    preparing.tray.prepare.click()
    room.clock.advance(0.1)
    preparing.tray.prepare.click()
    assert preparing._preparer.now.state == "stopped"
    assert preparing.tray.prepare.text() == "Prepare tonight"


def test_another_story_laid_out_is_not_ready_yet(preparing, room, qtbot):
    preparing.tray.prepare.click()
    room.clock.advance(600)
    room.shelf.arrange(room.ids()[:2])
    qtbot.waitUntil(lambda: preparing.tray.prepare.text() == "Prepare tonight")


def test_a_slow_machine_offers_only_what_is_prepared(preparing, room, qtbot):
    preparing._preparer.slow = True
    preparing.refresh()
    tray = preparing.tray
    assert tray.begin.text() == "Prepare first"
    assert "slowly" in tray.prepare.toolTip()
    with qtbot.assertNotEmitted(tray.begun):
        tray.begin.click()
    room.clock.advance(600)
    assert tray.begin.text() == "Begin tonight"
    with qtbot.waitSignal(tray.begun):
        tray.begin.click()


def test_the_tray_says_for_whom_tonight_is_where_a_family_named_its_children(screen, room, qtbot):
    word = screen.tray.child
    assert not word.isVisible()
    room.settings.change(children={"Mia": {}, "Tom": {}})
    qtbot.waitUntil(word.isVisible)
    assert word.text() == "for everybody"
    word.write()
    assert [one.text() for one in word.menu.actions()] == ["For everybody", "For Mia", "For Tom"]
    word.menu.actions()[2].trigger()
    assert room.settings.value.child == "Tom"
    qtbot.waitUntil(lambda: word.accessibleName() == "Tonight is for Tom")
