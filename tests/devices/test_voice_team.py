"""Several children of one engine keep the promises of one voice: order, forgetting, and lines that others fall over."""

import os
import signal
import sys

import pytest

from storytime.devices.voice import VoiceChild
from storytime.devices.voice_cache import VoiceCache
from storytime.devices.voice_process.messages import GENTLY
from storytime.devices.voice_team import VoiceTeam
from tests.devices.test_voice import FAULTY, PATIENCE, Results, faults, line  # noqa: F401


@pytest.fixture
def team(qtbot, tmp_path, faults):  # noqa: F811
    """Two children over the engine that fails as told."""
    command = (sys.executable, str(FAULTY), str(faults.folder))
    shared = VoiceCache(tmp_path / "cache")
    children = [VoiceChild(shared, command=command, patience=0.5) for _ in range(2)]
    team = Results(qtbot, VoiceTeam(children))
    team.children = children
    yield team
    team.voice.close()


def test_lines_come_in_the_order_of_asking_though_two_work_at_them(team):
    texts = [f"line {number} {'long ' * (number % 4)}" for number in range(24)]
    team.of(*map(line, texts))
    assert team.order == texts
    assert set(team.sounds) == set(texts)


def test_both_children_work(team):
    team.of(*(line(f"line {number}") for number in range(12)))
    pids = [child.process_id() for child in team.children]
    assert all(pids)
    assert len(set(pids)) == 2


@pytest.mark.parametrize("fault", ["hang", "crash", "empty"])
def test_a_line_that_one_falls_over_keeps_its_place_and_costs_no_other(team, faults, fault):  # noqa: F811
    faults(**{fault: 1000})
    texts = ["one", "two", fault, "four", "five", "six", "seven"]
    team.of(*map(line, texts))
    assert team.order == texts
    assert set(team.reasons) == {fault}


def test_asking_twice_renders_once(team):
    team.voice.render(line("once"))
    team.of(line("once"))
    assert team.order == ["once"]


def test_what_was_not_begun_is_forgotten_and_can_be_asked_for_anew(team, qtbot):
    for number in range(20):
        team.voice.render(line(f"dropped {number}"))
    team.voice.forget()
    team.voice.render(line("wanted"))
    qtbot.waitUntil(lambda: "wanted" in team.order, timeout=PATIENCE)
    assert len(team.order) <= 3
    assert team.order[-1] == "wanted"
    last = line("dropped 19")
    team.voice.render(last)
    qtbot.waitUntil(lambda: "dropped 19" in team.order, timeout=PATIENCE)


def test_a_child_that_is_killed_is_begun_again(team, qtbot):
    team.of(line("before"), line("too"))
    os.kill(team.children[0].process_id(), signal.SIGKILL)
    texts = [f"after {number}" for number in range(8)]
    team.of(*map(line, texts))
    assert team.order[2:] == texts
    assert not team.reasons


def test_what_is_ready_is_found_by_all_of_them(team):
    team.of(line("one"), line("two"))
    assert all(child.ready(line(text)) for child in team.children for text in ("one", "two"))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such number there")
def test_a_gentle_child_lets_everything_else_go_first(qtbot, tmp_path):
    command = (sys.executable, "-P", "-m", "storytime.devices.voice_process", GENTLY)
    child = VoiceChild(tmp_path / "cache", command=command)
    try:
        assert child.voices()
        assert os.getpriority(os.PRIO_PROCESS, child.process_id()) > os.getpriority(os.PRIO_PROCESS, 0)
    finally:
        child.close()
