"""A network of a voice, opened so that it is quiet, small, and keeps to itself."""

from __future__ import annotations

from typing import Any

# The package has told it in the environment, before this import, not to count its users; on Windows it is asked here.
import onnxruntime

onnxruntime.disable_telemetry_events()


def opened(model: str | bytes) -> Any:
    """Return a session of a network, from a file or from its bytes. Raises what onnxruntime likes to raise."""
    options = onnxruntime.SessionOptions()
    # One thread: the other core is the window's, and one is many times as fast as speech.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Its own store of memory only grows, by the longest line there ever was.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
