"""What is missing among the voices is found, and what to do is said for the very system."""

import pytest

from storytime.core.ports import VoiceInfo
from storytime.core.reading.voice_advice import findings
from storytime.core.settings import Settings

NAMES = {"en": "English", "de": "German", "fi": "Finnish"}
HEART = VoiceInfo("hibari:heart", "Heart", ("en-us", "en"), "hibari")
PLAIN = VoiceInfo("espeak:de", "German", ("de",), "espeak")
ANNA = VoiceInfo("sapi5:anna", "Anna", ("de-de", "de"), "sapi5")


def found(*voices, troubles=(), languages=("en",), system="linux", has=("apt",), machine="x86_64", **settings):
    return [
        (one.what, one.remedy) for one in findings(
            voices, dict.fromkeys(troubles, "why"), languages, Settings(**settings), NAMES.get,
            system=system, machine=machine, has=lambda name: name in has,
        )
    ]


def test_where_all_is_well_nothing_is_said():
    assert found(HEART, ANNA, languages=("en", "de")) == []


@pytest.mark.parametrize(
    ("system", "remedy"),
    [("win32", "Time & language"), ("darwin", "System Settings"), ("linux", "storytime voices add")],
)
def test_a_language_that_nobody_speaks_is_told_with_the_system_s_own_way(system, remedy):
    ((what, how),) = found(HEART, languages=("en", "fi"), system=system)
    assert "Finnish" in what
    assert remedy in how
    assert "Finnish" in how


def test_a_language_that_only_a_plain_voice_reads_is_told_softly():
    ((what, _),) = found(HEART, PLAIN, languages=("en", "de"))
    assert what == "Only a plain voice reads German."


@pytest.mark.parametrize(
    ("has", "remedy"),
    [(("apt",), "sudo apt install espeak-ng"), (("pacman",), "sudo pacman"), ((), "Install Storytime")],
)
def test_a_linux_without_a_voice_is_told_how_to_install_one(has, remedy):
    ((what, how),) = found(has=has)
    assert what == "Nothing on this machine can speak."
    assert remedy in how


@pytest.mark.parametrize(("system", "service"), [("win32", "sapi5"), ("darwin", "nsss")])
def test_a_speech_service_that_does_not_answer_is_told(system, service):
    ((what, how),) = found(HEART, troubles=(service,), system=system)
    assert "speech service" in what
    assert "Settings" in how


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_a_plain_voice_that_never_came_is_told_with_what_to_do(system):
    ((what, how),) = found(HEART, troubles=("",), system=system)
    assert "plain voice" in what
    assert "nstall" in how


def test_two_networks_that_are_broken_by_one_thing_are_told_once():
    ((what, _),) = found(PLAIN, troubles=("hibari", "piper"), languages=())
    assert "natural voices" in what


def test_an_older_mac_is_not_told_to_install_what_it_cannot_have():
    ((_, how),) = found(ANNA, troubles=("hibari",), languages=(), system="darwin")
    assert "Install" not in how
    ((_, how),) = found(ANNA, troubles=("hibari",), languages=(), system="darwin", machine="arm64")
    assert "Install" in how


def test_no_advice_points_to_where_there_is_nothing():
    gone = found(HEART, voice={"en": "piper:gone"})
    old = found(HEART, troubles=("piper",), system="darwin", machine="x86_64")
    assert len(gone) == len(old) == 1
    assert "below" not in str([*gone, *old])


def test_a_chosen_voice_that_is_gone_is_told():
    ((what, _),) = found(HEART, voice={"en": "piper:gone"})
    assert "English" in what


def test_what_is_broken_comes_before_what_is_plain():
    whats = [what for what, _ in found(HEART, PLAIN, languages=("de", "fi"))]
    assert [what[:4] for what in whats] == ["No v", "Only"]
