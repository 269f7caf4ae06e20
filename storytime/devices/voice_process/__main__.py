"""`python -m storytime.devices.voice_process [neural]`: the engines of this system, or the network, behind pipes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from storytime.devices.voice_process import child

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from storytime.devices.voice_process.engine import Engine

STOCK = {"win32": "sapi5", "darwin": "nsss"}
NEURAL = "neural"
"""The word for the engines that are networks: heavy, so that they live and die in a process of their own."""


def makers(platform: str = sys.platform) -> Mapping[str, Callable[[], Engine]]:
    """Return how each engine of the platform is made: the system's own first, then eSpeak, which is everywhere."""
    stock = STOCK.get(platform)
    own: dict[str, Callable[[], Engine]] = {stock: lambda: _stock(stock)} if stock else {}
    return {**own, "espeak": _espeak}


def neural_makers() -> Mapping[str, Callable[[], Engine]]:
    """Return how each engine that is a network is made."""
    return {"hibari": _hibari}


def _hibari() -> Engine:
    from storytime.devices.voice_process.neural import NeuralEngine

    return NeuralEngine()


def _stock(driver: str) -> Engine:
    from storytime.devices.voice_process.stock import StockEngine

    return StockEngine(driver)


def _espeak() -> Engine:
    from storytime.devices.voice_process.espeak import EspeakEngine

    return EspeakEngine()


def main() -> None:
    """Serve until the orders end."""
    # Two threads for one small product wait for each other where both cores are busy.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    child.serve(neural_makers() if NEURAL in sys.argv[1:] else makers())


if __name__ == "__main__":
    main()
