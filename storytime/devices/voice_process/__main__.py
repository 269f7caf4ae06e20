"""`python -m storytime.devices.voice_process [gently] [neural | piper FOLDER]`: engines behind pipes.

Those of this system, or the network that comes along, or the networks that a family brought as files. `gently` lets
everything else on the machine go first.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from storytime.devices.voice_process import child
from storytime.devices.voice_process.messages import GENTLY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from storytime.devices.voice_process.engine import Engine

STOCK = {"win32": "sapi5", "darwin": "nsss"}
NICER = 15
"""How many steps a gentle child stands back, of POSIX's nineteen."""
BELOW_NORMAL = 0x4000
"""Windows' BELOW_NORMAL_PRIORITY_CLASS."""


def makers(platform: str = sys.platform) -> Mapping[str, Callable[[], Engine]]:
    """Return how each engine of the platform is made: the system's own first, then eSpeak, which is everywhere."""
    stock = STOCK.get(platform)
    own: dict[str, Callable[[], Engine]] = {stock: lambda: _stock(stock)} if stock else {}
    return {**own, "espeak": _espeak}


def neural_makers() -> Mapping[str, Callable[[], Engine]]:
    """Return how each engine that is a network is made."""
    return {"hibari": _hibari}


def piper_makers(folder: Path) -> Mapping[str, Callable[[], Engine]]:
    """Return how the engine of the voices in a folder is made."""
    return {"piper": lambda: _piper(folder)}


def _piper(folder: Path) -> Engine:
    from storytime.devices.voice_process.piper import PiperEngine

    return PiperEngine(folder)


def _hibari() -> Engine:
    from storytime.devices.voice_process.neural import NeuralEngine

    return NeuralEngine()


def _stock(driver: str) -> Engine:
    from storytime.devices.voice_process.stock import StockEngine

    return StockEngine(driver)


def _espeak() -> Engine:
    from storytime.devices.voice_process.espeak import EspeakEngine

    return EspeakEngine()


def stand_back() -> None:
    """Let everything else on the machine go first, as far as it can be told so."""
    with contextlib.suppress(OSError, AttributeError):
        if sys.platform == "win32":
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.GetCurrentProcess.restype = ctypes.c_void_p
            kernel.SetPriorityClass(ctypes.c_void_p(kernel.GetCurrentProcess()), BELOW_NORMAL)
        else:
            os.nice(NICER)


def main() -> None:
    """Serve until the orders end."""
    # Two threads for one small product wait for each other where both cores are busy.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    words = sys.argv[1:]
    if words[:1] == [GENTLY]:
        words = words[1:]
        stand_back()
    match words:
        case ["piper", folder]:
            child.serve(piper_makers(Path(folder)))
        case ["neural"]:
            child.serve(neural_makers())
        case _:
            child.serve(makers())


if __name__ == "__main__":
    main()
