"""FFmpeg's own filters over samples: what is measured and mended in a recording is not reckoned anew here."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

BLOCK = 65_536
"""Frames given to the filters at a time."""


def through(samples: NDArray[np.float32], rate: int, *filters: str) -> NDArray[np.float32]:
    """Return one channel of samples (-1 to 1) after FFmpeg's filters, each written as `name` or `name=options`."""
    parts = [frame.to_ndarray()[0] for frame in frames(samples, rate, *filters, "aformat=sample_fmts=fltp")]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def resampled(samples: NDArray[np.float32], rate: int, wanted: int) -> NDArray[np.float32]:
    """Return one channel of samples at `wanted` Hz."""
    return samples if rate == wanted else through(samples, rate, f"aresample={wanted}")


def frames(samples: NDArray[np.float32], rate: int, *filters: str) -> Iterator[Any]:
    """Yield FFmpeg's frames as they leave the filters, with what a filter wrote beside them in their `metadata`."""
    # Imported late: FFmpeg costs 0.1 s, and only a studio and a bedside with takes need it.
    import av
    import av.filter

    graph = av.filter.Graph()
    step = Fraction(1, rate)
    nodes = [graph.add_abuffer(sample_rate=rate, format="fltp", layout="mono", time_base=step)]
    nodes += [graph.add(*each.split("=", 1)) for each in (*filters, "abuffersink")]
    graph.link_nodes(*nodes).configure()
    for begin in range(0, len(samples), BLOCK):
        block = np.ascontiguousarray(samples[begin : begin + BLOCK], np.float32)
        frame = av.AudioFrame.from_ndarray(block[None], "fltp", "mono")
        frame.sample_rate, frame.time_base, frame.pts = rate, step, begin
        graph.push(frame)
        yield from _ready(graph)
    graph.push(None)
    yield from _ready(graph)


def _ready(graph: Any) -> Iterator[Any]:
    import av

    while True:
        try:
            yield graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return
