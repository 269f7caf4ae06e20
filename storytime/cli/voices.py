"""`storytime voices`: who can read here and who reads what; voices that are files are added and removed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storytime.cli.shelf import open_library_and_shelf, open_library_of_user
from storytime.cli.words import Told, as_json, examples, print_json
from storytime.core.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storytime.core.ports import VoiceInfo
    from storytime.core.reading.piper_voice import PiperVoice
    from storytime.core.shelf.shelf import Shelf

FROM = {"hibari": "came with Storytime", "espeak": "eSpeak NG, came with Storytime"}
SYSTEM = "this system"


@click.group(
    "voices",
    invoke_without_command=True,
    short_help="Say who can read here, and add voices.",
    epilog=examples(
        "storytime voices",
        "storytime voices add ~/Downloads/de_DE-thorsten-medium.onnx",
        "storytime voices remove de_DE-thorsten-medium",
    ),
)
@as_json
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Say which voices there are, in which languages, where they are from, and who reads what.

    Voices of Piper's kind can be added as files: a network (.onnx) with its notes (.onnx.json) beside it.
    """
    if ctx.invoked_subcommand is not None:
        return
    rows = _rows()
    if as_json:
        print_json(rows)
        return
    for row in rows:
        tongues = row["languages"][0] if row["languages"] else "?"
        reads = f"  reads {', '.join(row['chosen_for'])}" if row["chosen_for"] else ""
        click.echo(f"{row['id']:<34} {row['name']:<38} {tongues:<8} {row['from']}{reads}")
    if not rows:
        raise Told("No voice was found on this machine. See what is missing with: storytime doctor")


@command.command("add", epilog=examples("storytime voices add ~/Downloads/voice.zip"))
@click.argument("path", type=click.Path(path_type=Path))
def add(path: Path) -> None:
    """Add a Piper voice: its .onnx file, its folder, or a zip of it. Nothing is fetched."""
    added = _bring(path.expanduser())
    for voice in added:
        licence = voice.licence or "not said; ask where the voice is from"
        click.echo(f"Added “{voice.name}” ({voice.languages[0]}) as piper:{voice.id}. Licence: {licence}.")
    click.echo(f"Hear it with: storytime say --voice {added[0].infos()[0].id} 'Good night.'")


@command.command("remove", epilog=examples("storytime voices remove en_US-joe-medium"))
@click.argument("voice")
def remove(voice: str) -> None:
    """Remove a voice that was added: VOICE is its id or its name."""
    from storytime.core.reading.voice_files import VoiceFiles

    files = VoiceFiles(Paths.of_user())
    found = files.find(voice)
    files.put_away(found.id)
    files.sweep()
    click.echo(f"Removed “{found.name}”.")


def _bring(path: Path) -> tuple[PiperVoice, ...]:
    """Add it, and return what was added. Raises `CannotAddVoice`, `DiskFull`, `Told`."""
    from storytime.cli.loop import Loop
    from storytime.core.reading.newcomer import Newcomer
    from storytime.core.reading.voice_files import VoiceFiles
    from storytime.devices.background import RealBackground
    from storytime.devices.machine import real_voice

    # What needs a library is refused where there can be none.
    with open_library_of_user() as library:
        paths = library.paths
    loop, background = Loop(), RealBackground()
    voice, files = real_voice(paths, background), VoiceFiles(paths)
    files.sweep()
    newcomer = Newcomer(files, voice, background)
    added: list[PiperVoice] = []
    refused: list[Exception] = []
    newcomer.added.connect(added.extend)
    newcomer.added.connect(lambda _: loop.end())
    newcomer.refused.connect(refused.append)
    newcomer.refused.connect(lambda _: loop.end())
    try:
        loop.run(lambda: newcomer.bring(path))
        if refused:
            raise refused[0]
        if not added:
            newcomer.give_up()
            # What is still being copied lies aside when it is done.
            background.close()
            files.sweep()
            raise Told("Stopped. Nothing was added.")
    finally:
        voice.close()
        background.close()
    return tuple(added)


def _rows() -> list[dict[str, Any]]:
    from storytime.cli.loop import Loop
    from storytime.core.reading.children import EVERYBODY
    from storytime.core.reading.narrator import Narrator
    from storytime.core.reading.voice_advice import languages_of, readers
    from storytime.core.reading.voice_files import VoiceFiles
    from storytime.core.settings import SettingsStore
    from storytime.devices.machine import real_voice

    Loop()
    voice = real_voice(Paths.of_user())
    try:
        with open_library_and_shelf() as (library, shelf):
            there = voice.voices()
            settings = SettingsStore(library)
            by_language = Narrator(voice, settings, child=EVERYBODY)
            chosen = {tongue: one.id for tongue, one in readers(languages_of(shelf), by_language).items()}
            children = settings.value.children.items()
            theirs = [(f"{tongue} to {name}", id) for name, kept in children for tongue, id in kept.items()]
            stories = {one: shelf.card(int(one)).title for one in settings.value.story_voice if _stands(shelf, one)}
            own = [(stories[story], id) for story, id in settings.value.story_voice.items() if story in stories]
            files = {f"piper:{one.id}": one for one in VoiceFiles(library.paths).all()}
    finally:
        voice.close()
    return [described(one, files, [*chosen.items(), *theirs, *own]) for one in there]


def _stands(shelf: Shelf, story: str) -> bool:
    from storytime.core.errors import StoryNotFound

    try:
        return bool(shelf.card(int(story)))
    except (StoryNotFound, ValueError):
        return False


def described(voice: VoiceInfo, files: dict[str, PiperVoice], chosen: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return what the command line tells of a voice; `chosen` says what is read, and by which voice."""
    file = files.get(voice.id.partition("#")[0])
    where = FROM.get(voice.engine, SYSTEM)
    return {
        "id": voice.id,
        "name": voice.name,
        "languages": list(voice.languages),
        "engine": voice.engine,
        "from": f"added; licence: {file.licence or 'not said'}" if file else where,
        "chosen_for": [what for what, id in chosen if id == voice.id],
    }
