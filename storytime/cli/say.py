"""`storytime say`: any words, said as a story's would be; a way to try a voice or a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from storytime.cli.read import sound_file
from storytime.cli.shelf import open_library_of_user
from storytime.cli.words import Told, examples
from storytime.core.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.cli.loop import Loop
    from storytime.core.ports import Sound, Utterance, Voice


@click.command(
    "say",
    short_help="Say some words in a voice.",
    epilog=examples("storytime say 'Good night, Siobhan.'", "storytime say --voice Heart --to night.wav 'Good night.'"),
)
@click.argument("text")
@click.option("--voice", default="", metavar="V", help="Who says it: a name or id from storytime voices.")
@click.option("--to", type=sound_file, metavar="FILE.wav|.flac", help="Write a sound file instead of speaking.")
def command(text: str, voice: str, to: Path | None) -> None:
    """Say TEXT as a story's line would be said: at the voice's pace, and with the family's own sayings."""
    from storytime.cli.loop import Loop
    from storytime.core.reading.narrator import Narrator
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.language import guess
    from storytime.devices.machine import real_voice

    loop, voices = Loop(), real_voice(Paths.of_user())
    try:
        with open_library_of_user() as library:
            narrator = Narrator(voices, SettingsStore(library), only=voice)
            language = guess(text)
            if voice:
                spoken = narrator.voice_for(language).languages
                language = spoken[0] if spoken else language
            line = narrator.utterance(text, language)
        if line is None:
            raise Told("There is nothing to say in it.")
        sound = _rendered(voices, line, loop)
        if to is None:
            _play(sound, loop)
        else:
            from storytime.cli.to_file import write_sound

            write_sound(to, sound)
            click.echo(f"It is in {to}.")
    finally:
        voices.close()


def _rendered(voice: Voice, line: Utterance, loop: Loop) -> Sound:
    sounds: list[Sound] = []
    why: list[str] = []
    voice.rendered.connect(lambda _, sound: sounds.append(sound))
    voice.failed.connect(lambda _, text: why.append(text))
    voice.rendered.connect(lambda *_: loop.end())
    voice.failed.connect(lambda *_: loop.end())
    loop.run(lambda: voice.render(line))
    if not sounds:
        said = why[0] if why else "it was stopped"
        raise Told(f"Nothing was said: {said}. Choose another voice from: storytime voices")
    return sounds[0]


def _play(sound: Sound, loop: Loop) -> None:
    from storytime.devices.speaker import QtSpeaker

    speaker = QtSpeaker()
    try:
        if not speaker.available():
            raise Told("There is no loudspeaker here. Write a file instead with: storytime say --to FILE.wav")
        speaker.drained.connect(loop.end)
        speaker.lost.connect(loop.end)
        speaker.open()
        loop.run(lambda: speaker.queue(1, sound))
    finally:
        speaker.close()
