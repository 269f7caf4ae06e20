"""`python -m storytime.devices.voice_process`: the engines of this system behind one pair of pipes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from storytime.devices.voice_process import child

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from storytime.devices.voice_process.engine import Engine

STOCK = {"win32": "sapi5", "darwin": "nsss"}


def makers(platform: str = sys.platform) -> Mapping[str, Callable[[], Engine]]:
    """Return how each engine of the platform is made: the system's own first, then eSpeak, which is everywhere."""
    stock = STOCK.get(platform)
    own: dict[str, Callable[[], Engine]] = {stock: lambda: _stock(stock)} if stock else {}
    return {**own, "espeak": _espeak}


def _stock(driver: str) -> Engine:
    from storytime.devices.voice_process.stock import StockEngine

    return StockEngine(driver)


def _espeak() -> Engine:
    from storytime.devices.voice_process.espeak import EspeakEngine

    return EspeakEngine()


def main() -> None:
    """Serve until the orders end."""
    child.serve(makers())


if __name__ == "__main__":
    main()
