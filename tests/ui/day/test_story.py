"""The story page: the whole text, the line being read, changes, the attic."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from storytime.core.reading.following import Following
from storytime.core.shelf.story import Chapter, Line, Manuscript, Paragraph
from storytime.ui.parts.ask_pin import PinSheet
from storytime.ui.shelf.story_screen import StoryScreen
from storytime.ui.shelf.story_side import tonight_minutes
from storytime.ui.shelf.story_text import StoryText
from storytime.ui.shelf.text_setting import pieces_of


@pytest.fixture
def screen(room, show):
    following = Following(room.reader, room.settings, room.clock)
    made = show(StoryScreen(
        room.shelf, room.reader, room.settings, room.gate, room.covers, room.family, following=following))
    made.open_story(room.ids()[0])
    return made


lines = st.builds(Line, st.text("abc .", min_size=1, max_size=30), st.sampled_from(["", " ", "\n"]))
paragraphs = st.builds(Paragraph, st.lists(lines, min_size=1, max_size=4).map(tuple))
chapters = st.lists(
    st.builds(Chapter, st.sampled_from(["", "One"]), st.lists(paragraphs, max_size=4).map(tuple)), max_size=4)


@given(chapters)
def test_every_line_is_found_in_its_paragraph(made):
    pieces = [piece for piece in pieces_of(made) if not piece.heading]
    index = 0
    for piece, paragraph in zip(pieces, (p for c in made for p in c.paragraphs), strict=True):
        assert piece.first == index
        for start, line in zip(piece.starts, paragraph.lines, strict=True):
            text = line.text.replace("\n", "\u2028").rstrip()
            assert piece.text[start:].startswith(text) or piece.text[start:] == text[: len(piece.text) - start]
        index += len(paragraph.lines)


@given(st.integers(0, 40), st.integers(420, 1100))
@settings(max_examples=40, deadline=None)
def test_a_line_s_place_leads_back_to_it(qapp, line, width):
    text = StoryText()
    text.resize(width, 900)
    made = tuple(Paragraph((Line(f"This is sentence {2 * i} of the tale, and it is long enough to wrap.", " "),
                            Line(f"And sentence {2 * i + 1} follows it.", ""))) for i in range(21))
    text.show_chapters((Chapter("", made),), "A Tale")
    area = text.line_area(line)
    assert area is not None
    assert text.line_at(area.topLeft() + type(area.topLeft())(4, 6)) in (line, line - 1)
    assert area.left() >= 0
    assert area.right() <= width


def test_a_small_picture_in_the_text_moves_no_word(qapp):
    lines = (Line("🦊🦊🦊 The fox slept.", " "), Line("So did the moon.", ""))
    text = StoryText()
    text.resize(900, 600)
    text.show_chapters((Chapter("", (Paragraph((Line("Once."),)), Paragraph(lines))),), "Foxes")
    plain = StoryText()
    plain.resize(900, 600)
    plain.show_chapters((Chapter("", (Paragraph((Line("Once."),)), Paragraph((Line("The fox slept."),)))),), "Foxes")
    (fox,), (alone,) = text.setting.rects(1, (8, 11)), plain.setting.rects(1, (4, 7))
    assert fox.width() == pytest.approx(alone.width(), abs=0.5)
    assert text.setting.line_at(fox.center())[0] == 1
    assert 8 <= text.setting.line_at(fox.center())[1] <= 11
    (moon,) = text.setting.rects(2)
    assert text.setting.line_at(moon.topLeft() + type(moon.topLeft())(4, 6)) == (2, 0)
    assert moon.left() > fox.right()


def test_a_very_long_story_is_set_only_as_far_as_it_is_seen(qapp):
    text = StoryText()
    text.resize(800, 600)
    many = tuple(Paragraph((Line("A sentence that goes on for a while, and then stops."),)) for _ in range(20_000))
    text.show_chapters((Chapter("", many),), "Endless")
    assert len(text.setting.done) < 200


def test_read_now_marks_the_line_being_read_and_pauses(screen, room, qtbot):
    qtbot.mouseClick(screen.read, Qt.MouseButton.LeftButton)
    room.clock.advance(30)
    assert screen.text.line == room.reader.reading.line > 0
    assert screen.read.text() == "Pause"
    qtbot.mouseClick(screen.read, Qt.MouseButton.LeftButton)
    assert room.reader.reading.state == "paused"
    assert screen.read.text() == "Go on"
    screen.stop.click()
    assert room.reader.reading.state == "idle"
    assert screen.read.text() == "Read on"


def place_of(screen, line, word):
    """A spot on a word of a line."""
    begin = screen.text.setting.rects(line)[0]
    text = screen._texts[line]
    at = text.index(word)
    (rect,) = screen.text.setting.rects(line, (at, at + len(word)))
    assert rect.left() >= begin.left() or rect.top() > begin.top()
    return rect.center().toPoint()


def test_a_double_click_on_a_word_reads_from_there(screen, room, qtbot):
    line = next(number for number, text in enumerate(screen._texts) if number > 2 and len(text.split()) > 9)
    word = screen._texts[line].split()[6].strip(".,;“”")
    qtbot.mouseDClick(screen.text, Qt.MouseButton.LeftButton, pos=place_of(screen, line, word))
    room.clock.advance(0.5)
    now = room.reader.sounding()
    assert room.reader.reading.line == line
    assert now.sound.begin > 0
    begun = now.sound.begin / now.sound.rate
    said = [one for one in now.sound.words if one.at >= begun]
    assert now.said.text[said[0].start :].startswith(word)


def test_the_arrows_choose_a_line_and_enter_reads_from_there(screen, room, qtbot):
    screen.text.setFocus()
    assert screen.text.accessibleDescription() == screen._texts[0]
    qtbot.keyClick(screen.text, Qt.Key.Key_Left)
    for _ in range(3):
        qtbot.keyClick(screen.text, Qt.Key.Key_Right)
    assert screen.text.accessibleDescription() == screen._texts[3]
    qtbot.keyClick(screen.text, Qt.Key.Key_Return)
    room.clock.advance(0.5)
    assert room.reader.reading.line == 3
    assert room.reader.sounding().sound.begin == 0


def test_the_line_that_is_chosen_is_seen_and_the_last_is_the_last(screen, qtbot):
    screen.text.setFocus()
    for _ in range(len(screen._texts) + 3):
        qtbot.keyClick(screen.text, Qt.Key.Key_Right)
    last = len(screen._texts) - 1
    assert screen.text.accessibleDescription() == screen._texts[last]
    spot = screen.text.mapTo(screen.page.viewport(), screen.text.line_area(last).center().toPoint())
    assert screen.page.viewport().rect().contains(spot)


def test_the_keys_that_scroll_scroll_the_text_too(screen, qtbot):
    screen.text.setFocus()
    before = screen.page.verticalScrollBar().value()
    qtbot.keyClick(screen.text, Qt.Key.Key_Down)
    assert screen.page.verticalScrollBar().value() > before


def test_the_words_being_said_are_marked_where_the_family_wants_it(screen, room, qtbot):
    screen.read.click()
    room.clock.advance(5)
    assert screen.text._said is None
    room.settings.change(follow_words=True)
    begin, end = screen.text._said
    line = room.reader.reading.line
    now = room.reader.sounding()
    heard = [one for one in now.sound.words if one.at <= now.seconds + 0.01][-1]
    assert screen._texts[line][begin:end] == now.said.text[heard.start : heard.start + heard.length]
    room.clock.advance(2)
    assert screen.text._said != (begin, end) or room.reader.reading.line != line
    screen.hide()
    assert screen._following._timer is None


def test_stopped_and_read_on_it_goes_on_at_its_word(screen, room):
    screen.read.click()
    room.clock.advance(40)
    while (now := room.reader.sounding()) is None or now.seconds < 2 or len(now.said.text) < 40:
        room.clock.advance(0.1)
    screen.stop.click()
    screen.read.click()
    room.clock.advance(0.2)
    again = room.reader.sounding()
    assert again.step.index == now.step.index
    assert 0 < now.seconds - again.sound.begin / again.sound.rate < 1.2


def test_leaving_the_page_stops_the_reading(screen, room, qtbot):
    screen.read.click()
    room.clock.advance(5)
    with qtbot.waitSignal(screen.left):
        qtbot.keyClick(screen, Qt.Key.Key_Escape)
    assert not room.reader.reading.under_way


def test_lay_out_is_a_promise_that_can_be_taken_back(screen, room):
    screen.lay_out.click()
    assert room.shelf.tray() == [screen.card.id]
    assert screen.lay_out.text() == "Laid out for tonight"
    screen.lay_out.click()
    assert room.shelf.tray() == []


def test_a_changed_title_and_text_are_kept(screen, room, qtbot):
    screen.side.edit.click()
    screen.editing.title.setText("The Patient Boat")
    screen.editing.text.setPlainText("It waited. It slept.")
    screen.editing.keep.click()
    assert screen.title.text() == "The Patient Boat"
    assert [line.text for line in room.shelf.lines(screen.card.id)] == ["It waited.", "It slept."]


def test_nothing_changes_when_it_is_left_as_it_was(screen, room):
    before = room.shelf.text(screen.card.id)
    screen.side.edit.click()
    screen.editing.text.setPlainText("")
    screen.editing.leave.click()
    assert room.shelf.text(screen.card.id) == before


def test_words_that_were_not_kept_yet_outlive_a_look_elsewhere(screen, room):
    first, other = room.ids()[:2]
    screen.side.edit.click()
    screen.editing.author.setText("Grandma")
    screen.editing.text.setPlainText("A whole evening of typing.")
    screen.side.edit.click()
    assert screen.editing.text.toPlainText() == "A whole evening of typing."
    screen.side.back.click()
    screen.open_story(other)
    assert not screen.editing.isVisible()
    screen.open_story(first)
    assert screen.editing.isVisible()
    assert screen.editing.author.text() == "Grandma"
    assert screen.editing.text.toPlainText() == "A whole evening of typing."
    screen.editing.leave.click()
    screen.open_story(first)
    assert not screen.editing.isVisible()


def test_escape_leaves_no_change_behind_unasked(screen, qtbot):
    screen.side.edit.click()
    screen.editing.author.setText("Grandma")
    qtbot.keyClick(screen.editing, Qt.Key.Key_Escape)
    assert screen.editing.isVisible()


def test_an_empty_title_cannot_be_kept(screen):
    screen.side.edit.click()
    screen.editing.title.setText("  ")
    assert not screen.editing.keep.isEnabled()


def test_the_attic_asks_for_the_pin_where_there_is_one(screen, room, qtbot):
    room.gate.set_pin("1234")
    story = screen.card.id
    screen.side.attic.click()
    sheet = screen.findChild(PinSheet)
    assert story in room.ids()
    sheet.field.setText("9999")
    sheet.go.click()
    assert story in room.ids()
    room.clock.advance(5)
    room.gate.tick()
    sheet.field.setText("1234")
    with qtbot.waitSignal(screen.put_away):
        sheet.go.click()
    assert story not in room.ids()


def test_a_slower_voice_makes_a_longer_story(room):
    card = room.shelf.cards()[0]
    room.settings.change(voice={"en": "v"}, voice_rate={"v": 0.8})
    assert tonight_minutes(card, room.settings.value) == pytest.approx(card.minutes / 0.8)


def test_a_story_of_one_word_has_no_drop_cap_and_no_fault(room, show):
    made = room.shelf.add(Manuscript("Short", (Chapter("", (Paragraph((Line("Hush."),)),)),)))
    screen = show(StoryScreen(room.shelf, room.reader, room.settings, room.gate, room.covers, room.family))
    screen.open_story(made.id)
    assert screen.text.setting.done[0].cap == ""


def test_the_cover_makes_way_for_what_is_known_of_a_story(large_text, screen, room, qtbot):
    side = screen.side
    for height in (740, 540, 740):
        screen.resize(1280, height)
        qtbot.waitUntil(lambda height=height: screen.height() == height)
        qtbot.waitUntil(lambda: side.cover.geometry().bottom() < side.facts.geometry().top())
        assert side.along.geometry().bottom() <= side.height()
