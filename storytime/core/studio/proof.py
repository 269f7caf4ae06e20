"""What three seconds of listening, or a take, say of the sound: one word for what stands in the way most.

The numbers that audiobook publishers ask for (ACX: RMS -23 to -18 dB, peaks no higher than -3 dB, noise no higher than
-60 dB) are shown beside every take. A verdict is milder: takes are levelled when they are told, so it names only what
levelling cannot mend, or mends at a price.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from storytime.core.studio.levels import measure, resting
from storytime.core.studio.session import Verdict
from storytime.core.studio.speech import STEP, find_speech, runs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from storytime.core.shelf.takes import Levels

CLIPPED = 3
"""Samples at full scale; one or two are heard by nobody."""
LOUD = -3.0
"""dBTP: the highest peak of ACX, and the margin that a child's shout needs."""
QUIET = -42.0
"""dBFS (RMS) of the voice: 19 dB below the softest of ACX. Raised by so much, the hiss of the microphone itself is
heard."""
FAINTEST = -62.0
"""dBFS (RMS) below which no gain makes a voice: what a noise gate lets through beside its zeros looks like one."""
NOISY = 26.0
"""dB between voice and room. ACX's numbers leave 37 and more, which few bedrooms have; at 20 a room is heard."""
HUM_SHARE = 0.5
"""Of the room's power that lies on the mains' frequency and its multiples, and"""
HUM_FLOOR = -62.0
"""dBFS from which such a hum is worth a word; and"""
HUM_BELOW_VOICE = 45.0
"""dB below the voice it must lie, not to be heard under it."""
MAINS = (50.0, 60.0)
"""Hz."""
MULTIPLES = 8
WINDOW = 0.4
"""Seconds in one look at the spectrum: mains and room are told apart by 2.5 Hz."""


def judge(samples: NDArray[np.float32], rate: int) -> Verdict:
    """Judge three seconds or so in which somebody speaks (one channel, -1 to 1)."""
    levels = measure(samples, rate)
    kind = _kind(levels)
    if kind in ("good", "noisy") and levels.rms is not None:
        hum = hum_level(samples, rate)
        if hum > max(HUM_FLOOR, levels.rms - HUM_BELOW_VOICE):
            kind = "hum"
    return Verdict(kind, levels)


def judge_take(levels: Levels, seconds: float) -> Verdict:
    """Judge a take by what was measured in it; `seconds` is its length. Hum is not seen here."""
    return Verdict(_kind(levels) if seconds > 0 else "dead", levels)


def _kind(levels: Levels) -> str:
    if levels.true_peak is None:
        return "dead"
    if levels.rms is None or levels.rms < FAINTEST or levels.speech_end <= levels.speech_begin:
        return "silent"
    if levels.clipped >= CLIPPED:
        return "clipped"
    if levels.true_peak > LOUD:
        return "loud"
    if levels.rms < QUIET:
        return "quiet"
    return "noisy" if levels.noise is not None and levels.rms - levels.noise < NOISY else "good"


def hum_level(samples: NDArray[np.float32], rate: int) -> float:
    """Return the hum of the mains between the words in dBFS; -120 where the room's noise is of another kind."""
    size = round(WINDOW * rate)
    rests = [
        samples[at : at + size]
        for begin, end in runs(resting(find_speech(samples, rate), STEP))
        for at in range(round(begin * STEP * rate), round(end * STEP * rate) - size + 1, size // 2)
    ]
    if not rests:
        return -120.0
    window = np.hanning(size)
    spectrum = np.mean([np.abs(np.fft.rfft(rest * window)) ** 2 for rest in rests], axis=0)
    # Below 30 Hz lies what nobody hears: the wind, a hand on the table.
    spectrum[: round(30 * WINDOW)] = 0
    power = spectrum.sum()
    on_mains = max(_on(spectrum, mains) for mains in MAINS)
    if not power or on_mains / power < HUM_SHARE:
        return -120.0
    return float(10 * np.log10(2 * on_mains / (size * np.square(window).sum()) + 1e-12))


def _on(spectrum: NDArray[np.float64], mains: float) -> float:
    """Return the power on a frequency and its multiples, each with its two neighbours in the spectrum."""
    places = [round(mains * WINDOW * times) for times in range(1, MULTIPLES + 1)]
    return float(sum(spectrum[place - 1 : place + 2].sum() for place in places))
