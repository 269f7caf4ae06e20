"""The studio as a teller meets it: every state is drawn, keys wish what they say, and nothing needs the mouse."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from storytime.core.errors import NoMicrophone
from storytime.core.studio.session import Session
from storytime.ui.studio.studio_screen import page_for
from tests.ui.day.sitting import HERE, LINES, OPEN, RECORDED, STATES, TALE


def test_each_session_has_its_page():
    pages = {key: page_for(session, begun="proof" not in key and key != "listening") for key, session in STATES.items()}
    assert pages["empty"] == "empty"
    assert pages["who"] == "who"
    assert {pages[key] for key in ("proof", "listening", "proof-noisy", "proof-dead")} == {"proof"}
    assert {pages[key] for key in ("tale", "tale-recording", "tale-recorded")} == {"tale"}
    assert {pages[key] for key in ("resting", "recording", "recorded", "cutting", "echo", "name")} == {"desk"}


def test_nothing_is_recorded_before_the_room_was_listened_to(screen, sitting, qtbot):
    sitting.be(replace(OPEN, proof=None))
    assert screen.proof.isVisible()
    qtbot.keyClick(screen.proof.listen, Qt.Key.Key_Space)
    assert sitting.wishes == ["listen_to_room"]
    sitting.be(OPEN)
    assert screen.proof.go_on.hasFocus()
    qtbot.keyClick(screen.proof.go_on, Qt.Key.Key_Return)
    assert screen.desk.isVisible()
    assert screen.desk.prompter.hasFocus()


def test_another_microphone_is_listened_to_anew(screen, sitting, qtbot):
    screen.listen_again()
    assert screen.proof.isVisible()
    device = screen.proof.device
    device.setCurrentIndex(device.findData("b"))
    device.activated.emit(device.currentIndex())
    assert sitting.wishes == [("choose_microphone", "b")]


def test_a_dead_microphone_is_no_beginning(screen, sitting):
    screen.listen_again()
    sitting.be(STATES["proof-dead"])
    assert not screen.proof.go_on.isEnabled()
    assert "Switch it on" in screen.proof.more.text()


KEYS = {
    Qt.Key.Key_Space: "toggle", Qt.Key.Key_Return: "keep", Qt.Key.Key_Enter: "keep", Qt.Key.Key_Backspace: "redo",
    Qt.Key.Key_P: "play", Qt.Key.Key_Up: "previous_line", Qt.Key.Key_Left: "previous_line",
    Qt.Key.Key_Down: "next_line", Qt.Key.Key_Right: "next_line", Qt.Key.Key_I: "punch_in",
    Qt.Key.Key_Delete: "remove", Qt.Key.Key_U: "undo",
}


@pytest.mark.parametrize(("key", "wish"), KEYS.items(), ids=lambda one: getattr(one, "name", one))
def test_a_key_asks_for_what_it_says(screen, sitting, qtbot, key, wish):
    qtbot.keyClick(screen.desk.prompter, key)
    assert sitting.wishes == [wish]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Backspace, Qt.Key.Key_P, Qt.Key.Key_Down])
def test_keys_are_heard_wherever_the_focus_is(screen, sitting, qtbot, key):
    sitting.be(RECORDED)
    head = (screen.head.back, screen.head.chips["echo"], screen.head.teller, screen.head.more)
    for button in (*head, screen.desk.earlier, *(cap for cap in screen.desk.keys.caps if cap.isEnabled())):
        sitting.wishes.clear()
        button.setFocus()
        qtbot.keyClick(button, key)
        assert sitting.wishes == [KEYS[key]], button.accessibleName()


@pytest.mark.parametrize("holder", ["more", "play", "echo"])
def test_the_keyboard_stays_in_the_studio_when_its_button_turns_pale(screen, sitting, holder):
    sitting.be(RECORDED)
    held = {"more": screen.head.more, "play": screen.desk.keys.cap("play"), "echo": screen.head.chips["echo"]}[holder]
    held.setFocus()
    sitting.be(STATES["recording"])
    assert screen.desk.prompter.hasFocus()


def test_space_presses_a_button_where_nothing_can_be_recorded(screen, sitting, qtbot):
    sitting.be(Session())
    qtbot.keyClick(screen.empty.tale, Qt.Key.Key_Space)
    assert sitting.wishes == ["open_tale"]


def test_space_while_the_room_is_heard_leaves_it_at_that(screen, sitting, qtbot):
    sitting.be(STATES["proof"])
    sitting.be(STATES["listening"])
    qtbot.keyClick(screen.window().focusWidget(), Qt.Key.Key_Space)
    assert screen.proof.listen.hasFocus()
    assert sitting.wishes == []


def test_enter_presses_what_tab_has_chosen(screen, sitting, qtbot):
    with qtbot.waitSignal(screen.attic_wanted):
        screen.desk.earlier.setFocus()
        qtbot.keyClick(screen.desk.earlier, Qt.Key.Key_Return)
    assert sitting.wishes == []


def test_what_is_typed_is_not_a_wish(screen, sitting, qtbot):
    sitting.be(STATES["tale-recorded"])
    screen.tale.title.setFocus()
    qtbot.keyClicks(screen.tale.title, "Pim and Uma")
    qtbot.keyClick(screen.tale.title, Qt.Key.Key_Backspace)
    assert sitting.wishes == []
    assert screen.tale.title.text() == "Pim and Um"


def test_the_mouse_presses_keys_too_and_gives_the_keyboard_back(screen, sitting, qtbot):
    qtbot.mouseClick(screen.desk.keys.cap("space"), Qt.MouseButton.LeftButton)
    assert sitting.wishes == ["toggle"]
    assert screen.desk.prompter.hasFocus()


def test_keys_that_would_do_nothing_are_pale(screen, sitting):
    sitting.be(STATES["measuring"])
    assert not any(cap.isEnabled() for cap in screen.desk.keys.caps if cap.offer.wish in ("space", "enter", "play"))
    sitting.be(STATES["recording"])
    assert screen.desk.keys.cap("space").text() == "stop"
    assert not screen.desk.keys.cap("play").isEnabled()


def test_a_line_is_chosen_on_the_bar(screen, sitting, qtbot):
    bar = screen.desk.patchwork
    spot = QPointF((60.5) / len(LINES) * bar.width(), bar.height() - 5).toPoint()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=spot)
    assert sitting.wishes == [("go_to", 60)]


def test_every_line_says_whose_voice_it_has(screen, sitting):
    sitting.be(replace(OPEN, line=27))
    assert screen.desk.place.text() == "Line 28 of 94 · Opa"
    sitting.be(replace(OPEN, line=50))
    assert screen.desk.place.text() == "Line 51 of 94 · spoken"
    assert screen.desk.patchwork.accessibleName() == "Whose voice: Mama 26, Opa 9, spoken 59"


def test_the_line_is_there_for_a_screen_reader(screen):
    assert screen.desk.prompter.accessibleName() == f"Line {HERE + 1} of {len(LINES)}"
    assert screen.desk.prompter.accessibleDescription() == LINES[HERE]


def test_what_is_safe_and_how_much_room_there_is_are_said(screen, sitting):
    sitting.be(STATES["recording"])
    assert screen.desk.safe.text() == "Safe on disk up to 0:06. Room for 41 hours more."
    sitting.be(replace(OPEN, room=7.0, scarce=True))
    assert screen.desk.safe.text() == "Room for 7 minutes more."
    assert "nearly full" in screen.desk.said.words.text()


def test_an_alarm_is_said_while_there_is_still_time(screen, sitting):
    sitting.be(STATES["dead"])
    assert screen.desk.said.isVisible()
    assert screen.desk.said.words.text().startswith("No sound comes from the microphone.")
    sitting.be(STATES["recording"])
    assert not screen.desk.said.isVisible()


def test_what_was_measured_stands_beside_what_is_wanted(screen, sitting):
    sitting.be(STATES["recorded-loud"])
    assert screen.desk.said.numbers.text() == (
        "voice −20 dB · peak 0 dB (wanted: at most −3 dB) · room −48 dB (wanted: at most −60 dB)"
    )


def test_trouble_is_said_once(screen, sitting):
    trouble = NoMicrophone("USB desk microphone")
    sitting.be(replace(OPEN, trouble=trouble))
    assert screen.note.isVisible()
    screen.note.cross.click()
    sitting.be(replace(OPEN, trouble=trouble, seconds=1.0))
    assert not screen.note.isVisible()


def test_a_mode_is_chosen_with_a_chip_and_not_while_recording(screen, sitting, qtbot):
    qtbot.mouseClick(screen.head.chips["through"], Qt.MouseButton.LeftButton)
    assert sitting.wishes == [("choose_mode", "through")]
    sitting.be(STATES["recording"])
    assert not screen.head.chips["echo"].isEnabled()
    assert not screen.head.teller.isEnabled()


def test_the_next_teller_takes_over_from_the_seal(screen, sitting):
    screen.head.teller.menu.aboutToShow.emit()
    names = [action.text() for action in screen.head.teller.menu.actions() if action.text()]
    assert names == ["Mama reads", "Opa reads", "Somebody else …"]
    screen.head.teller.menu.actions()[1].trigger()
    assert sitting.wishes == [("choose_teller", 2)]


def test_somebody_new_says_who_may_hear_them(screen, sitting, room, qtbot):
    sitting.be(STATES["who"])
    form = screen.who.form
    form.fields["name"].setText(" Oma  Ilse ")
    form.fields["relation"].setText("grandmother")
    form.fields["consent"].setText("our family")
    qtbot.keyClick(form.fields["consent"], Qt.Key.Key_Return)
    teller = room.tellers.find("Oma Ilse")
    assert (teller.relation, teller.consent) == ("grandmother", "our family")
    assert sitting.wishes == [("choose_teller", teller.id)]


def test_a_tale_gets_its_title_at_the_end(screen, sitting, qtbot):
    sitting.be(TALE)
    qtbot.keyClick(screen.tale.time, Qt.Key.Key_Space)
    sitting.be(STATES["tale-recording"])
    qtbot.keyClick(screen.tale.time, Qt.Key.Key_M)
    assert sitting.wishes == ["toggle", "mark_chapter"]
    assert screen.tale.time.text() == "12:34"
    assert "Chapter 3 at 8:00" in screen.tale.chapters.text()
    sitting.be(STATES["tale-recorded"])
    qtbot.keyClick(screen.tale.time, Qt.Key.Key_Return)
    assert screen.tale.title.hasFocus()
    qtbot.keyClick(screen.tale.title, Qt.Key.Key_Return)
    assert sitting.wishes == ["toggle", "mark_chapter"]
    screen.tale.title.setText("Pim  builds a boat")
    qtbot.keyClick(screen.tale.title, Qt.Key.Key_Return)
    assert sitting.wishes[-1] == ("keep_tale", "Pim builds a boat")


def test_a_tale_on_the_shelf_can_be_opened(screen, sitting, qtbot):
    sitting.told.emit(12)
    with qtbot.waitSignal(screen.story_wanted) as wanted:
        screen.note.button.click()
    assert wanted.args == [12]


def drop(screen, path):
    """Carry a file over the page and let it go, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(screen, QDragEnterEvent(QPoint(20, 20), *how))
    QApplication.sendEvent(screen, QDropEvent(QPointF(20, 20), *how))


def test_a_recording_is_brought_by_dropping_it(screen, sitting, tmp_path):
    drop(screen, tmp_path / "opa.m4a")
    assert sitting.wishes == [("bring", tmp_path / "opa.m4a")]


def test_nothing_is_brought_into_a_recording(screen, sitting, tmp_path):
    sitting.be(STATES["recording"])
    drop(screen, tmp_path / "opa.m4a")
    assert sitting.wishes == []


def test_a_recording_brought_to_nothing_becomes_a_tale(screen, sitting, tmp_path):
    sitting.be(Session())
    screen.bring(tmp_path / "opa.m4a")
    assert sitting.wishes == ["open_tale", ("bring", tmp_path / "opa.m4a")]


def test_a_file_is_asked_for_beside_the_window(screen, qtbot):
    screen.bringing.choose_file()
    dialog = screen.findChild(QFileDialog)
    assert dialog is not None
    dialog.close()


def test_a_name_is_recorded_once_asked_for(screen, sitting):
    sheet = screen.menus.ask_name()
    sheet.go.click()
    assert sitting.wishes == []
    sheet.field.setText(" Mira ")
    sheet.go.click()
    assert sitting.wishes == [("choose_name", "Mira")]
    sitting.be(STATES["name"])
    assert screen.desk.prompter.accessibleDescription() == "Mira"


def test_going_elsewhere_ends_a_recording_whole(screen, sitting):
    sitting.be(STATES["recording"])
    screen.hide()
    assert sitting.wishes == ["toggle"]


def test_nobody_leaves_a_recording_by_a_slip(screen, sitting, qtbot):
    sitting.be(STATES["recording"])
    qtbot.keyClick(screen.desk.prompter, Qt.Key.Key_Escape)
    screen.head.back.click()
    assert sitting.wishes == []
    sitting.be(OPEN)
    with qtbot.waitSignal(screen.left):
        qtbot.keyClick(screen.desk.prompter, Qt.Key.Key_Escape)
    assert sitting.wishes == ["leave"]


def test_what_waits_elsewhere_in_the_story_can_be_taken_up(screen, sitting):
    other = replace(STATES["recorded"].at_hand, path=STATES["recorded"].at_hand.path.with_name("b.journal"))
    sitting.be(replace(OPEN, waiting=(other,)))
    screen.head.menu.aboutToShow.emit()
    first = screen.head.menu.actions()[0]
    assert first.text() == "Take up: line 1, 6 seconds"
    first.trigger()
    assert sitting.wishes == [("take_up", other.path)]


def test_an_empty_studio_says_what_to_do_next(screen, sitting, qtbot):
    sitting.be(Session())
    assert screen.empty.choose.hasFocus()
    for button, signal in (
        (screen.empty.choose, screen.shelf_wanted), (screen.empty.who, screen.tellers_wanted),
        (screen.empty.attic, screen.attic_wanted),
    ):
        with qtbot.waitSignal(signal):
            button.click()
    screen.empty.tale.click()
    assert sitting.wishes == ["open_tale"]


def test_the_focus_is_where_the_keys_are_when_the_studio_is_shown(screen):
    assert QApplication.focusWidget() is screen.desk.prompter


def test_a_screen_reader_hears_lines_and_verdicts_but_never_speaks_into_a_recording(screen, sitting, monkeypatch):
    told = []
    monkeypatch.setattr("storytime.ui.studio.studio_screen.announce", lambda _widget, words: told.append(words))
    sitting.be(replace(OPEN, line=3))
    assert told == [f"Line 4 of 94 · Mama. {LINES[3]}"]
    told.clear()
    for name in ("recording", "measuring", "playing"):
        sitting.be(STATES[name])
    assert told == []
    sitting.be(RECORDED)
    assert told == ["recorded. It sounds good."]


def test_echo_says_that_the_machine_whispers(screen, sitting):
    sitting.be(STATES["leading"])
    assert screen.desk.card.state.accessibleName() == "the line before"
    sitting.be(STATES["echo"])
    assert screen.desk.card.state.accessibleName() == "the machine whispers"


def test_every_way_of_reading_is_reached_by_tab(screen, sitting, qtbot):
    for mode in ("through", "echo"):
        chip = screen.head.chips[mode]
        screen.desk.prompter.setFocus()
        for _ in range(40):
            screen.focusNextPrevChild(True)
            if chip.hasFocus():
                break
        assert chip.hasFocus()
        qtbot.keyClick(chip, Qt.Key.Key_Return)
        assert sitting.wishes[-1] == ("choose_mode", mode)
        assert screen.head.chips["line"].isChecked()
