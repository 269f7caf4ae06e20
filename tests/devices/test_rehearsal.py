"""What the pretended machine does beyond the promises that every machine keeps: time goes only when it is told to."""

from datetime import datetime, timedelta

import pytest

from storytime.core.ports import Utterance
from storytime.devices.rehearsal import PretendBackground, PretendClock, PretendVoice

LINE = Utterance("Once upon a time there was a bear.", "pretend:english")


class TestPretendClock:
    def test_calls_are_made_in_order_of_their_time(self):
        clock, made = PretendClock(), []
        clock.after(2, lambda: made.append(("two", clock.boot())))
        clock.after(1, lambda: made.append(("one", clock.boot())))
        start = clock.boot()
        clock.advance(5)
        assert made == [("one", start + 1), ("two", start + 2)]

    def test_a_cancelled_call_is_never_made(self):
        clock, made = PretendClock(), []
        timer = clock.after(1, lambda: made.append(1))
        timer.cancel()
        timer.cancel()
        clock.advance(5)
        assert made == []

    def test_it_ticks_once_a_second(self):
        clock, ticks = PretendClock(), []
        clock.ticked.connect(lambda: ticks.append(clock.boot()))
        clock.advance(3.5)
        clock.advance(6.5)
        assert len(ticks) == 10

    def test_sleep_counts_in_both_clocks_holds_calls_and_ticks_on_waking(self):
        clock, made, ticks = PretendClock(datetime(2026, 11, 5, 20, 0)), [], []
        clock.ticked.connect(lambda: ticks.append(clock.boot()))
        clock.after(1, lambda: made.append(1))
        boot = clock.boot()
        clock.suspend(3600)
        assert clock.boot() == boot + 3600
        assert clock.wall() == datetime(2026, 11, 5, 21, 0)
        assert (made, len(ticks)) == ([], 1)
        clock.advance(1)
        assert made == [1]

    def test_a_hand_on_the_wall_clock_does_not_touch_boot_time(self):
        clock = PretendClock(datetime(2026, 11, 5, 20, 0))
        boot = clock.boot()
        clock.step_wall(timedelta(hours=-5))
        assert (clock.wall(), clock.boot()) == (datetime(2026, 11, 5, 15, 0), boot)
        clock.set_wall(datetime(2099, 1, 1))
        clock.advance(60)
        assert clock.wall() == datetime(2099, 1, 1, 0, 1)

    def test_daylight_saving_moves_the_wall_and_its_offset_together(self):
        clock = PretendClock(datetime(2026, 10, 25, 2, 59), zone="Europe/Berlin")
        assert clock.utc_offset() == timedelta(hours=2)
        clock.advance(120)
        assert (clock.wall(), clock.utc_offset()) == (datetime(2026, 10, 25, 2, 1), timedelta(hours=1))

    def test_a_journey_moves_the_wall_by_the_zones_difference(self):
        clock = PretendClock(datetime(2026, 11, 5, 20, 0), zone="Europe/London")
        clock.move_to("Europe/Madrid")
        assert clock.wall() == datetime(2026, 11, 5, 21, 0)

    def test_a_moment_is_found_whatever_was_done_to_the_wall(self):
        clock = PretendClock(datetime(2026, 11, 5, 20, 0))
        clock.step_wall(timedelta(hours=-5))
        assert clock.moment(datetime(2026, 11, 5, 20, 30)) == clock.boot() + 1800

    def test_a_reboot_begins_another_boot_and_forgets_every_call(self):
        clock, made = PretendClock(datetime(2026, 11, 5, 20, 0)), []
        was = clock.boot_id()
        clock.after(5, lambda: made.append(1))
        clock.advance(2)
        clock.reboot(58)
        assert clock.boot_id() != was
        assert clock.wall() == datetime(2026, 11, 5, 20, 1)
        clock.advance(60)
        assert made == []


class TestPretendVoice:
    def test_lines_come_in_the_order_of_asking_and_never_inside_the_call(self):
        clock, done = PretendClock(), []
        voice = PretendVoice(clock, delay=0.5)
        voice.rendered.connect(lambda utterance, _sound: done.append((utterance.text, clock.boot())))
        start = clock.boot()
        for text in ("One.", "Two.", "Two."):
            voice.render(Utterance(text, "pretend:english"))
        assert done == []
        clock.advance(5)
        assert done == [("One.", start + 0.5), ("Two.", start + 1.0)]

    def test_what_was_rendered_is_ready(self):
        clock = PretendClock()
        voice = PretendVoice(clock)
        assert voice.ready(LINE) is None
        voice.render(LINE)
        clock.advance(1)
        assert voice.ready(LINE).seconds == pytest.approx(8 * 60 / 140, abs=0.001)

    def test_what_cannot_be_said_fails_and_the_next_is_said(self):
        def seconds(utterance):
            if utterance == LINE:
                raise ValueError("no")
            return 1.0

        clock, told = PretendClock(), []
        voice = PretendVoice(clock, seconds)
        voice.failed.connect(lambda utterance, why: told.append(why))
        voice.rendered.connect(lambda utterance, _sound: told.append(utterance.text))
        voice.render(LINE)
        voice.render(Utterance("Two.", "pretend:english"))
        clock.advance(1)
        assert told == ["no", "Two."]

    def test_wishes_not_yet_begun_can_be_dropped(self):
        clock, done = PretendClock(), []
        voice = PretendVoice(clock)
        voice.rendered.connect(lambda utterance, _sound: done.append(utterance.text))
        for text in ("One.", "Two.", "Three."):
            voice.render(Utterance(text, "pretend:english"))
        voice.forget()
        clock.advance(1)
        assert done == ["One."]


def test_the_pretended_background_works_at_once_and_tells_of_failure():
    told, background = [], PretendBackground()
    background.run(len, "four", done=told.append, failed=told.append)
    background.run(int, "x", done=told.append, failed=lambda error: told.append(type(error)))
    assert told == [4, ValueError]
