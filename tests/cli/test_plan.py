"""What `storytime plan` promises."""

from datetime import datetime
from importlib import import_module

import pytest

plan_command = import_module("storytime.cli.plan")

WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
AT_SEVEN_THIRTY = {"wind_down": "18:45", "lights_out": "19:30", "morning": "07:00"}


def test_nothing_is_planned_until_a_parent_was_asked(document, call):
    plan = document("plan")
    assert plan["asked"] is False
    assert plan["tonight"] is None
    assert "No lights-out is planned yet" in call("plan").stdout


def test_wind_down_and_morning_follow_from_lights_out(document):
    plan = document("plan", "--lights-out", "19:30")
    assert plan["asked"] is True
    assert plan["nights"] == dict.fromkeys(WEEK, AT_SEVEN_THIRTY)


def test_a_plan_is_kept(document):
    changed = document("plan", "--lights-out", "19:30", "--morning", "06:45")
    assert document("plan")["nights"] == changed["nights"]


def test_days_limit_a_change_to_those_days(document):
    document("plan", "--lights-out", "20:00")
    nights = document("plan", "--lights-out", "19:30", "--days", "mon,Tuesday")["nights"]
    assert [nights[day]["lights_out"] for day in WEEK] == ["19:30"] * 2 + ["20:00"] * 5


def test_off_makes_nights_without_lights_out(document):
    document("plan", "--lights-out", "20:00")
    nights = document("plan", "--off", "--days", "fri,sat")["nights"]
    assert [day for day in WEEK if nights[day] is None] == ["fri", "sat"]


def test_a_wind_down_that_was_said_keeps_its_distance(document):
    document("plan", "--lights-out", "20:00", "--wind-down", "19:00")
    assert document("plan", "--lights-out", "19:30")["nights"]["mon"]["wind_down"] == "18:30"


def test_times_are_read_from_noon_to_noon(document):
    night = document("plan", "--lights-out", "00:30")["nights"]["sat"]
    assert night == {"wind_down": "23:45", "lights_out": "00:30", "morning": "07:00"}


def test_times_out_of_order_are_refused_and_nothing_is_changed(document, call):
    before = document("plan", "--lights-out", "20:00")
    result = call("plan", "--wind-down", "20:30")
    assert result.exit_code == 1
    assert "do not follow each other" in result.stderr
    assert document("plan")["nights"] == before["nights"]


def test_a_morning_for_nights_that_have_no_lights_out_is_said_to_be_none(call):
    call("plan", "--off")
    result = call("plan", "--morning", "06:00")
    assert result.exit_code == 1
    assert "no lights-out on those days" in result.stderr


def test_what_is_no_time_no_day_and_no_sense_is_a_wrong_use(call):
    assert call("plan", "--lights-out", "25:00").exit_code == 2
    assert call("plan", "--lights-out", "eight").exit_code == 2
    assert call("plan", "--lights-out", "20:00", "--days", "someday").exit_code == 2
    assert call("plan", "--days", "mon").exit_code == 2
    assert call("plan", "--off", "--lights-out", "20:00").exit_code == 2


class TestShortNotice:
    """The plan is changed at 19:55, five minutes before a lights-out that comes to 20:00."""

    @pytest.fixture(autouse=True)
    def late(self, monkeypatch):
        class Late(datetime):
            @classmethod
            def now(cls, tz=None):
                return cls(2026, 11, 5, 19, 55)

        monkeypatch.setattr(plan_command, "datetime", Late)

    def test_a_change_that_comes_too_late_for_tonight_says_so(self, call):
        assert "holds from the next evening" in call("plan", "--lights-out", "20:00").stderr

    def test_a_document_says_nothing_beside_itself(self, call, document):
        assert call("plan", "--lights-out", "20:00", "--json").stderr == ""
        assert document("plan")["tonight"] is None

    def test_a_change_of_another_night_is_no_short_notice(self, call):
        call("plan", "--lights-out", "20:00")
        assert call("plan", "--lights-out", "19:00", "--days", "mon").stderr == ""


class TestInTheMorning:
    """The plan is made at seven, long before the evening that it is for."""

    @pytest.fixture(autouse=True)
    def early(self, monkeypatch):
        class Early(datetime):
            @classmethod
            def now(cls, tz=None):
                return cls(2026, 11, 5, 7, 0)

        monkeypatch.setattr(plan_command, "datetime", Early)

    def test_tonight_is_the_evening_that_comes(self, call, document):
        said = call("plan", "--lights-out", "20:00")
        assert said.stderr == ""
        assert "Tonight: lights-out at 20:00." in said.stdout
        assert document("plan")["tonight"]["lights_out"].startswith("2026-11-05T20:00")
