"""Beside the desk: who reads here and is forgotten when they wish it, the attic of takes, and what was found again."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from storytime.core.errors import DiskFull
from storytime.core.shelf.takes import Take, now
from storytime.core.studio.deletion import Cleaned, Deleted
from storytime.core.studio.filing import Filing
from storytime.core.studio.label import Label
from storytime.ui.parts.ask_pin import PinSheet
from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.question import Question
from storytime.ui.studio.attic_screen import PAGE, TakesAtticScreen
from storytime.ui.studio.found_screen import FoundScreen, note_of
from storytime.ui.studio.take_row import day_of
from storytime.ui.studio.tellers_screen import TellersScreen, report
from tests.core.studio.booth import LaterBackground
from tests.core.studio.recordings import in_room, spoken
from tests.ui.day.sitting import Silence, leave_behind

TEXT = "And every night she climbed the stairs."


@pytest.fixture
def opa(room):
    return room.tellers.welcome("Opa", "grandfather", "our family")


def put_away(room, teller, number=1):
    for i in range(number):
        take = Take(0, teller.id, None, i, "The Lamp", TEXT, "line", f"{i}.flac", now(), 288000, 48000)
        room.takes.keep(replace(take, attic=now(), why="redone"))


def named(screen, words):
    """The button whose name begins with these words."""
    from PySide6.QtWidgets import QAbstractButton

    return next(one for one in screen.findChildren(QAbstractButton) if one.accessibleName().startswith(words))


# Who reads here


class Forgetting:
    """Deletes nothing, and says what it was asked to."""

    def __init__(self, error=None, **went):
        self.asked, self._error, self._went = [], error, went
        self.later, self.waits = False, []

    def __call__(self, teller, done, failed):
        self.asked.append(teller.name)
        answer = (failed, self._error) if self._error else (done, Deleted(teller.name, **self._went))
        self.waits.append(answer)
        if not self.later:
            self.answer()

    def answer(self):
        tell, what = self.waits.pop()
        tell(what)


@pytest.fixture
def tellers(room, show):
    def shown(forget):
        return show(TellersScreen(room.tellers, room.takes, room.gate, forget))

    return shown


def test_a_voice_is_deleted_after_a_plain_question(room, tellers, opa, qtbot):
    forget = Forgetting(takes=64, attic=3)
    screen = tellers(forget)
    screen.rows[0].delete.click()
    question = screen.findChild(Question)
    assert question.no.hasFocus() or question.focusWidget() is question.no
    question.no.click()
    assert forget.asked == []
    screen.rows[0].delete.click()
    screen.findChildren(Question)[-1].yes.click()
    assert forget.asked == ["Opa"]
    assert screen.note.accessibleName() == (
        "Opa’s voice is deleted everywhere. Removed: 64 takes, 3 takes in the attic."
    )


def test_the_pin_is_asked_for_before_a_voice_goes(room, tellers, opa):
    room.gate.set_pin("1234")
    forget = Forgetting()
    screen = tellers(forget)
    screen.rows[0].delete.click()
    assert screen.findChild(Question) is None
    sheet = screen.findChild(PinSheet)
    sheet.field.setText("1234")
    sheet.go.click()
    screen.findChild(Question).yes.click()
    assert forget.asked == ["Opa"]


def test_what_could_not_be_reached_is_listed(room):
    went = Deleted("Opa", takes=1, backups=(Cleaned(Path("/usb/a.storytime"), why="it is not there"),))
    what, more, whole = report(went)
    assert not whole
    assert what == "Opa’s voice is deleted here, but may still be in 1 file."
    assert more == "Removed: 1 take. Could not be reached: /usb/a.storytime."


def test_while_the_backups_are_looked_into_nobody_deletes_the_voice_twice(tellers, opa):
    forget = Forgetting(takes=1)
    forget.later = True
    screen = tellers(forget)
    screen.rows[0].delete.click()
    screen.findChild(Question).yes.click()
    assert "is being deleted" in screen.note.accessibleName()
    assert not screen.rows[0].delete.isEnabled()
    forget.answer()
    assert "deleted everywhere" in screen.note.accessibleName()


def test_a_deletion_that_fails_says_so(tellers, opa):
    screen = tellers(Forgetting(DiskFull(Path("/home"))))
    screen.rows[0].delete.click()
    screen.findChild(Question).yes.click()
    assert "no room" in screen.note.accessibleName()


def test_who_may_hear_a_voice_can_be_changed(room, tellers, opa, qtbot):
    screen = tellers(Forgetting())
    screen.rows[0].change.click()
    screen.form.fields["consent"].setText("nobody but Mira")
    screen.form.done.click()
    assert room.tellers.teller(opa.id).consent == "nobody but Mira"
    assert screen.rows[0].teller.consent == "nobody but Mira"


def test_a_teller_is_renamed_and_their_recordings_stay_theirs(room, tellers, opa, qtbot):
    put_away(room, opa)
    screen = tellers(Forgetting())
    screen.rows[0].change.click()
    screen.form.fields["name"].setText("Grandpa  Tomas")
    screen.form.done.click()
    assert room.tellers.teller(opa.id).name == "Grandpa Tomas"
    assert screen.rows[0].read.accessibleName() == "Reads now: Grandpa Tomas"
    assert len(room.takes.of_teller(opa.id)) == 1


@pytest.mark.parametrize("name", ["oma", "OMA "])
def test_a_name_that_is_taken_is_refused_and_the_form_stays(room, tellers, opa, name):
    room.tellers.welcome("Oma")
    screen = tellers(Forgetting())
    screen.rows[0].change.click()
    screen.form.fields["name"].setText(name)
    screen.form.done.click()
    assert screen.note.accessibleName() == "Oma reads here already. Choose another name."
    assert screen.form.isVisible()
    assert room.tellers.teller(opa.id).name == "Opa"
    screen.form.leave.click()
    screen.add.click()
    screen.form.fields["name"].setText(name)
    screen.form.done.click()
    assert "reads here already" in screen.note.accessibleName()


def test_whoever_reads_now_is_chosen_by_their_seal(tellers, opa, qtbot):
    screen = tellers(Forgetting())
    with qtbot.waitSignal(screen.chosen) as chosen:
        screen.rows[0].read.click()
    assert chosen.args == [opa.id]


def test_a_house_where_nobody_reads_says_so(room, tellers):
    screen = tellers(Forgetting())
    assert screen.nobody.isVisible()
    screen.add.click()
    screen.form.fields["name"].setText("Mama")
    screen.form.done.click()
    assert [row.teller.name for row in screen.rows] == ["Mama"]
    assert not screen.nobody.isVisible()


# The attic


@pytest.fixture
def attic(room, show):
    def shown(empty=lambda: 0):
        def back(take, _failed):
            room.takes.bring_back(take.id)

        screen = show(TakesAtticScreen(room.takes, room.tellers, room.gate, Silence(), empty, back))
        return screen, screen._listening

    return shown


def test_a_take_in_the_attic_is_heard_and_brought_back(room, attic, opa):
    put_away(room, opa)
    screen, listening = attic()
    named(screen, "Hear").click()
    assert [take.text for take in listening.heard] == [TEXT]
    named(screen, "Bring back").click()
    assert room.takes.in_attic() == []
    assert screen.rows == []
    assert screen.nothing.isVisible()


def test_the_attic_is_cleared_out_only_after_a_question(room, attic, opa):
    put_away(room, opa, 2)
    asked = []
    screen, _ = attic(lambda: asked.append(1) or 2)
    screen.empty.click()
    screen.findChild(Question).no.click()
    assert asked == []
    screen.empty.click()
    screen.findChildren(Question)[-1].yes.click()
    assert asked == [1]
    assert screen.note.accessibleName() == "2 takes cleared out."


def test_a_full_attic_is_shown_by_the_page(room, attic, opa):
    put_away(room, opa, PAGE + 5)
    screen, _ = attic()
    assert len(screen.rows) == PAGE
    screen.more.click()
    assert len(screen.rows) == PAGE + 5
    assert not screen.more.isVisible()


# Found again


@pytest.fixture
def found(room, show):
    def shown():
        return show(FoundScreen(room.shelves, Silence(), Filing(room.background, room.shelves, set()).settle))

    return shown


def line_label(room, opa, line=2):
    story = room.ids()[0]
    text = room.shelf.lines(story)[line].text
    return Label(teller=opa.id, story=story, line=line, title="The Lamp", text=text, began=now())


def voice(text):
    return (in_room(spoken(text)) * 32767).astype("<i2")


def test_what_was_found_says_whose_and_how_long_and_is_kept(room, found, opa):
    label = line_label(room, opa)
    path = leave_behind(room, label, samples=voice(label.text))
    screen = found()
    assert screen.rows[0].accessibleName().startswith(f"Opa: “{label.text}”. ")
    assert "second" in screen.rows[0].accessibleName()
    named(screen, "Keep").click()
    assert screen.rows == []
    assert not path.exists()
    assert [take.line for take in room.takes.of_teller(opa.id)] == [2]


def test_what_was_found_can_go_to_the_attic(room, found, opa):
    label = line_label(room, opa)
    leave_behind(room, label, samples=voice(label.text))
    screen = found()
    named(screen, "To the attic").click()
    assert [take.why for take in room.takes.in_attic()] == ["found"]


def test_a_long_one_is_kept_while_the_page_lives_and_says_how_far_it_is(room, found, opa, qtbot):
    room.background = LaterBackground()
    label = replace(line_label(room, opa), mode="tale", story=None, tale="a")
    path = leave_behind(room, label, samples=np.tile(voice(label.text), 20))
    leave_behind(room, line_label(room, opa), samples=voice(label.text))
    screen = found()
    first, second = screen.rows
    named(first, "To the attic").click()
    first, second = screen.rows
    assert first.more.text().startswith("On its way to the attic: 0:00 of 2:55")
    assert not any(button.isEnabled() for button in first.findChildren(InkButton))
    assert named(second, "Keep").isEnabled()
    screen._going[(path,)].add(12.0)
    qtbot.waitUntil(lambda: "0:12 of 2:55" in first.more.text())
    room.background.work()
    assert len(screen.rows) == 1
    assert screen.note.accessibleName() == "Opa: a tale is in the attic."
    assert not screen._looks.isActive()


def test_a_silent_one_is_never_kept(room, found, opa):
    leave_behind(room, line_label(room, opa))
    screen = found()
    named(screen, "Keep").click()
    assert "waits in the attic" in screen.note.accessibleName()
    assert all(take.attic for take in room.takes.of_teller(opa.id))


def test_a_long_one_is_looked_at_in_the_studio(room, found, opa, qtbot):
    leave_behind(room, replace(line_label(room, opa), mode="through"))
    screen = found()
    with qtbot.waitSignal(screen.wanted) as wanted:
        named(screen, "Look at it").click()
    assert wanted.args[0].label.mode == "through"


def test_what_belongs_nowhere_any_more_is_not_offered_a_place(room, found, opa):
    leave_behind(room, Label(teller=opa.id, story=9999, title="Gone", text="Gone.", began=now()))
    screen = found()
    assert [button for button in screen.findChildren(type(screen.back)) if button.text() == "Keep"] == []


def test_the_day_room_says_what_was_left(room, found, opa):
    leave_behind(room, line_label(room, opa), seconds=41)
    from storytime.core.studio.recovery import left_in

    assert note_of(left_in(room.shelves))[0] == "Opa’s recording of 41 seconds was not kept yet."


def test_escape_goes_back_to_the_studio(found, qtbot):
    screen = found()
    with qtbot.waitSignal(screen.left):
        qtbot.keyClick(screen, Qt.Key.Key_Escape)


def test_a_day_is_said_in_words():
    assert day_of("2026-11-04T12:05:00+00:00").split(",")[0] in ("4 November", "5 November", "3 November")
    assert day_of("") == ""
