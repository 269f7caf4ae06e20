"""`storytime doctor`: what this machine has for Storytime, and what went wrong last, also where much is broken."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import TYPE_CHECKING, Any

import click

from storytime import __version__
from storytime.cli.words import Told, as_json, examples, print_json
from storytime.core.errors import NoVoice, StorytimeError
from storytime.core.paths import Paths, shipped
from storytime.log import last_errors
from storytime.screen import screen_is_there

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS = ("PySide6-Essentials", "pyttsx3", "espeakng-loader", "sqlite-utils", "soundfile", "lxml", "argon2-cffi",
         "hibari-tts", "onnxruntime", "av")
TRIAL = "Good evening. This is the voice that will read tonight."


@click.command(
    "doctor",
    short_help="Say what is here, and what went wrong.",
    epilog=examples("storytime doctor", "storytime doctor --speak"),
)
@as_json
@click.option("--speak", is_flag=True, help="Say one line through the real loudspeaker.")
def command(as_json: bool, speak: bool) -> None:
    """Say which voices, loudspeakers, folders and versions there are, and the last errors."""
    found = look()
    if speak:
        found["spoken"] = _speak()
    if as_json:
        print_json(found)
        return
    for line in _in_words(found):
        click.echo(line)


def look() -> dict[str, Any]:
    """Return what is found; what cannot be looked at is said in its place."""
    paths = Paths.of_user()
    voices = _or_why(_voices)
    return {
        "version": __version__,
        "versions": {"python": platform.python_version(), "system": platform.platform(), **_parts()},
        "paths": {
            "library": str(paths.home),
            "log": str(paths.log),
            "cache": str(paths.cache),
            "stories": str(shipped("stories")),
        },
        "library": _or_why(_library),
        "screen": screen_is_there(),
        "voices": voices if isinstance(voices, dict) else voices[0],
        "advice": [] if isinstance(voices, dict) else voices[1],
        "devices": _or_why(_devices),
        "last_errors": last_errors(paths.log),
    }


def _or_why(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except (StorytimeError, ImportError, OSError, RuntimeError) as error:
        return {"error": str(error)}


def _parts() -> dict[str, str]:
    found = {}
    for part in PARTS:
        try:
            found[part] = metadata.version(part)
        except metadata.PackageNotFoundError:
            found[part] = "missing"
    return found


def _library() -> dict[str, Any]:
    from storytime.cli.shelf import open_shelf

    with open_shelf() as shelf:
        return {"stories": shelf.count(), "laid_out": len(shelf.tray())}


def _voices() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the voices, and what is missing among them with what to do about it."""
    from storytime.cli.loop import Loop
    from storytime.cli.shelf import open_library_and_shelf
    from storytime.core.reading.voice_advice import findings, languages_of
    from storytime.core.settings import Settings, SettingsStore
    from storytime.devices.machine import real_voice
    from storytime.ui.words import language

    Loop()
    child = real_voice(Paths.of_user())
    try:
        voices, troubles = child.voices(), child.troubles()
    finally:
        child.close()
    tongues, settings = ["en"], Settings()
    try:
        with open_library_and_shelf() as (library, shelf):
            tongues, settings = languages_of(shelf), SettingsStore(library).value
    except StorytimeError:
        pass  # The library's trouble is said in its own place.
    advice = findings(voices, troubles, tongues, settings, language)
    rows = [{"id": one.id, "name": one.name, "languages": list(one.languages), "engine": one.engine} for one in voices]
    return rows, [{"what": one.what, "remedy": one.remedy} for one in advice]


def _devices() -> dict[str, Any]:
    from PySide6.QtMultimedia import QMediaDevices

    from storytime.cli.loop import Loop

    Loop()
    default = QMediaDevices.defaultAudioOutput()
    return {
        "outputs": [device.description() for device in QMediaDevices.audioOutputs()],
        "default": None if default.isNull() else default.description(),
    }


def _speak() -> str:
    """Say one line aloud and return the voice's name. Raises `NoVoice`, `Told`."""
    from storytime.cli.loop import Loop
    from storytime.core.ports import Utterance
    from storytime.devices.machine import real_voice
    from storytime.devices.speaker import QtSpeaker

    loop, voice, speaker = Loop(), real_voice(Paths.of_user()), QtSpeaker()
    try:
        if not speaker.available():
            raise Told("There is no loudspeaker here. Connect one, or start the sound server, and try again.")
        voices = voice.voices()
        if not voices:
            raise NoVoice
        best = next((one for one in voices if one.languages[0].startswith("en")), voices[0])
        why: list[str] = []
        voice.rendered.connect(lambda _, sound: speaker.queue(1, sound))
        voice.failed.connect(lambda _, text: why.append(text))
        voice.failed.connect(lambda *_: loop.end())
        speaker.drained.connect(loop.end)
        speaker.lost.connect(loop.end)
        speaker.open()
        loop.run(lambda: voice.render(Utterance(TRIAL, best.id)))
        if why:
            raise Told(f"The voice “{best.name}” did not speak: {why[0]}. Choose another in the settings.")
    finally:
        speaker.close()
        voice.close()
    return best.name


def _in_words(found: dict[str, Any]) -> list[str]:
    voices, devices, library = found["voices"], found["devices"], found["library"]
    lines = [f"Storytime {found['version']}"] + [f"{name:<18} {what}" for name, what in found["versions"].items()]
    lines += [f"{name:<18} {where}" for name, where in found["paths"].items()]
    lines.append("shelf              " + (library.get("error") or f"{library['stories']} stories"))
    lines.append("screen             " + ("yes" if found["screen"] else "none"))
    if isinstance(voices, dict):
        lines.append(f"voices             {voices['error']}")
    else:
        tongues = sorted({one["languages"][0] for one in voices if one["languages"]})
        lines.append("voices             " + (f"{len(voices)}, of {len(tongues)} languages" if voices else "none"))
    lines.append("sound              " + (devices.get("error") or devices["default"] or "no loudspeaker"))
    lines += [f"{'voices, missing' if not number else '':<18} {one['what']} {one['remedy']}"
              for number, one in enumerate(found["advice"])]
    lines += [f"spoke              {found['spoken']}"] if "spoken" in found else []
    errors = found["last_errors"]
    return [*lines, *(["Last errors:", *errors] if errors else ["No errors are in the log."])]
