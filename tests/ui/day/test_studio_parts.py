"""The parts of the studio: the meter and its word, the wave that grows, the bar of voices, and what is said."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QWidget

from storytime.core.ports import Level
from storytime.core.shelf.readers import readers_of, seal_of
from storytime.core.shelf.takes import Take, now
from storytime.core.shelf.tellers import Teller
from storytime.ui.parts.flow import FlowLayout
from storytime.ui.parts.patchwork import Patchwork, counts, legend
from storytime.ui.parts.seal import wax_of
from storytime.ui.shelf.shelf_screen import ShelfScreen
from storytime.ui.shelf.story_screen import StoryScreen
from storytime.ui.studio import said
from storytime.ui.studio.meter import LevelMeter, height_of, word_for
from storytime.ui.studio.teleprompter import Teleprompter
from storytime.ui.studio.wave import STEP, Wave, gathered
from tests.ui.day.sitting import CUTS, LINES, MAMA, OPA, OPEN, STATES


class Paintings(QObject):
    """What was painted of a widget since it was last asked."""

    def __init__(self, widget):
        super().__init__(widget)
        self.regions = []
        # What is owed from before is painted first.
        QCoreApplication.sendPostedEvents(widget.window(), QEvent.Type.UpdateRequest)
        QCoreApplication.processEvents()
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):
        if event.type() == QEvent.Type.Paint:
            self.regions.append(QRegion(event.region()))
        return False


def level(peak, clipped=0):
    return Level(peak, peak - 8, clipped, 0.0)


@pytest.mark.parametrize(("peaks", "word"), [
    ([], ""), ([-120, -120], "no sound"), ([-50, -45], "too quiet"), ([-40, -12], "good"), ([-20, -0.5], "too loud"),
])
def test_a_level_is_a_word(peaks, word):
    assert word_for([level(peak) for peak in peaks]) == word


def test_a_clipped_sample_is_too_loud_however_short(qapp):
    assert word_for([level(-14), level(-3, clipped=2)]) == "too loud"


def test_louder_is_never_lower():
    heights = [height_of(-80 + i) for i in range(85)]
    assert heights == sorted(heights)
    assert (heights[0], heights[-1]) == (0.0, 1.0)


def test_the_meter_holds_its_peak_and_lets_it_go(qapp):
    meter = LevelMeter()
    meter.hear(level(-6))
    for _ in range(10):
        meter.hear(level(-30))
    assert (meter.level, meter.peak) == (-30, -6)
    for _ in range(10):
        meter.hear(level(-30))
    assert meter.peak == -30


def test_the_meter_paints_a_small_place_once_for_many_levels(qapp, show, qtbot):
    meter = show(LevelMeter(), 90, 300)
    meter.hear(level(-20))
    qtbot.waitUntil(lambda: meter.word == "good" and not meter._later.isActive())
    paintings = Paintings(meter)
    for i in range(30):
        meter.hear(level(-20 - i % 5))
    qtbot.waitUntil(lambda: bool(paintings.regions))
    assert len(paintings.regions) == 1
    painted = paintings.regions[0].boundingRect()
    assert painted.width() * painted.height() < 0.45 * meter.width() * meter.height()


def test_the_wave_paints_only_what_came(qapp, show, qtbot):
    wave = show(Wave(), 900, 90)
    wave.grow(True)
    wave.add([-20.0] * 60)
    qtbot.waitUntil(lambda: wave._drawn == 60)
    paintings = Paintings(wave)
    wave.add([-18.0, -19.0])
    wave.add([-17.0])
    qtbot.waitUntil(lambda: wave._drawn == 63 and bool(paintings.regions))
    assert len(paintings.regions) == 1
    assert paintings.regions[0].boundingRect().width() < 12 * STEP


def test_a_wave_that_is_full_turns_the_page_and_loses_nothing(qapp, show, qtbot):
    wave = show(Wave(), 400, 90)
    wave.grow(True)
    for _ in range(10):
        wave.add([-20.0] * 30)
    qtbot.waitUntil(lambda: not wave._later.isActive())
    assert len(wave.peaks) == 300
    assert len(wave._shown) < wave.room
    wave.grow(False)
    assert len(wave._shown) == wave.room


def test_many_peaks_are_gathered_and_pauses_stay_low():
    peaks = ([-10.0] * 40 + [-60.0] * 40) * 10
    bars = gathered(peaks, 40)
    assert len(bars) == 40
    assert min(bars) == -60.0
    assert max(bars) == -10.0


def test_the_legend_counts_every_line_once():
    readers = {0: MAMA, 1: OPA, 2: OPA, 99: OPA}
    assert counts(readers, 5) == [(OPA, 2), (MAMA, 1), (None, 2)]
    assert legend(readers, 5) == "Opa 2, Mama 1, spoken 2"
    assert legend({i: OPA for i in range(5)}, 5) == "Opa 5"


def test_a_bar_of_very_many_lines_is_still_drawn(qapp, show, qtbot):
    bar = show(Patchwork(), 600, 30)
    bar.show_readers({i: OPA for i in range(4000, 8000)}, 8000, 100)
    image = bar.grab().toImage()
    assert image.pixelColor(500, 18).name() == wax_of(OPA).lower()
    assert image.pixelColor(100, 18).name() != wax_of(OPA).lower()


def test_the_first_tellers_have_colours_of_their_own():
    assert len({wax_of(Teller(i, "A")) for i in range(1, 7)}) == 6


def test_a_row_goes_on_below_where_it_is_narrow(qapp):
    host = QWidget()
    flow = FlowLayout(host, across=10, down=4)
    for _ in range(4):
        one = QWidget(host)
        one.setFixedSize(100, 30)
        flow.addWidget(one)
    assert flow.heightForWidth(430) == 30
    assert flow.heightForWidth(429) == 64
    assert flow.heightForWidth(100) == 4 * 30 + 3 * 4
    flow.itemAt(0).widget().hide()
    assert flow.heightForWidth(320) == 30


@pytest.mark.parametrize(("words", "size"), [(6, 40), (60, 24), (200, 18)])
def test_a_long_line_is_smaller_rather_than_cut(qapp, show, words, size):
    prompter = show(Teleprompter(), 1000, 320)
    prompter.show_line((" ".join(["lamp"] * words), "After."), 0)
    block = prompter._now(prompter._measure()[1])
    assert block.height <= prompter.height()
    assert sum(len(line.split()) for line in block.words) == words


@pytest.mark.parametrize(("seconds", "words"), [(6.9, "0:06"), (754, "12:34"), (3727, "1:02:07"), (-1, "0:00")])
def test_lengths_are_said_like_a_clock(seconds, words):
    assert said.duration(seconds) == words


@pytest.mark.parametrize(("minutes", "words"), [
    (0.4, "No room on the disk."), (7, "Room for 7 minutes more."), (1, "Room for 1 minute more."),
    (2460, "Room for 41 hours more."),
])
def test_room_is_said_in_words(minutes, words):
    assert said.room(minutes) == words


def test_what_is_left_to_read_leaves_out_what_has_a_voice():
    whole = replace(OPEN, readers={}, line=0)
    assert said.left_to_read(whole).startswith("about 12 minutes")
    assert said.left_to_read(replace(whole, readers=dict.fromkeys(range(len(LINES)), MAMA))) == (
        "every line from here has a voice"
    )


def test_every_state_offers_what_it_can_do():
    for key, session in STATES.items():
        offered = said.tale_offers(session) if session.mode == "tale" else said.offers(session)
        assert offered, key
        assert len({offer.key for offer in offered}) == len(offered), key


def test_a_doubtful_cut_makes_the_sentence_careful():
    session = STATES["cutting"]
    assert said.sentence(session) == (False, "8 lines found; 1 cut to listen to.", "")
    sure = replace(session, cuts=tuple(replace(cut, sure=True) for cut in CUTS))
    assert said.sentence(sure)[0]


# Where a family's voice is looked for


def record(room, teller, story, line):
    text = room.shelf.lines(story)[line].text
    room.takes.keep(Take(0, teller.id, story, line, "", text, "line", f"{teller.id}-{line}.flac", now(), 48000, 48000))


@pytest.fixture
def voices(room):
    mama, opa = room.tellers.welcome("Mama"), room.tellers.welcome("Opa")
    story = room.ids()[0]
    for line in (0, 1, 2):
        record(room, opa, story, line)
    record(room, mama, story, 1)
    return story, mama, opa


def test_tonight_s_teller_comes_first_and_others_if_they_may(room, voices):
    story, mama, opa = voices
    texts = [line.text for line in room.shelf.lines(story)]

    def readers(**choice):
        value = room.settings.change(**choice)
        return {line: one.name for line, one in readers_of(story, texts, room.takes, room.tellers, value).items()}

    assert readers() == {0: "Opa", 1: "Mama", 2: "Opa"}
    assert readers(teller=opa.id) == {0: "Opa", 1: "Opa", 2: "Opa"}
    assert readers(teller=mama.id, other_tellers=False) == {1: "Mama"}


def test_a_book_bears_the_seal_of_who_reads_it(room, voices):
    story, mama, opa = voices
    assert room.family.seal(story) == opa
    room.settings.change(teller=mama.id)
    assert room.family.seal(story) == mama
    other = room.tellers.welcome("Nobody yet")
    room.settings.change(teller=other.id, other_tellers=False)
    assert room.family.seal(story) is None
    assert seal_of(room.ids()[1], room.takes, room.tellers, room.settings.value) is None


def test_the_story_page_shows_whose_voice_and_follows_a_new_take(room, voices, show, qtbot):
    story, mama, _ = voices
    page = show(StoryScreen(room.shelf, room.reader, room.settings, room.gate, room.covers, room.family))
    page.open_story(story)
    lines = len(room.shelf.lines(story))
    assert page.voices.legend.accessibleName() == f"Opa 2, Mama 1, spoken {lines - 3}"
    record(room, mama, story, 3)
    assert page.voices.legend.accessibleName() == f"Mama 2, Opa 2, spoken {lines - 4}"
    with qtbot.waitSignal(page.record_asked) as asked:
        qtbot.keyClick(page.record, Qt.Key.Key_Return)
    assert asked.args == [story, 4]


def test_the_story_page_says_where_the_words_were_changed_since(room, voices, show):
    story, mama, _ = voices
    page = show(StoryScreen(room.shelf, room.reader, room.settings, room.gate, room.covers, room.family))
    page.open_story(story)
    assert not page.changed_since.isVisible()
    text, first = room.shelf.text(story), room.shelf.lines(story)[0].text
    room.shelf.edit(story, text=text.replace(first, "All new words."))
    page.open_story(story)
    assert page.changed_since.isVisible()
    assert page.changed_since.text().startswith("The words of 1 line were changed")
    record(room, mama, story, 0)
    assert not page.changed_since.isVisible()


def test_a_story_of_the_machine_alone_has_no_bar(room, show):
    page = show(StoryScreen(room.shelf, room.reader, room.settings, room.gate, room.covers, room.family))
    page.open_story(room.ids()[1])
    assert not page.voices.isVisible()


def test_the_shelf_asks_for_each_seal_once(room, voices, show, monkeypatch):
    asked = []
    whole = room.takes.tellers_of
    monkeypatch.setattr(room.takes, "tellers_of", lambda story: asked.append(story) or whole(story))
    screen = show(ShelfScreen(room.shelf, room.keeper, room.settings, room.covers, room.family, room.background))
    for _ in range(3):
        screen.view.viewport().grab()
    assert asked
    assert len(asked) == len(set(asked))
