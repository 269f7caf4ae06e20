"""Whether PulseAudio still has the input that is recorded from.

A sound server moves a recording to another microphone when its own is pulled out, and Qt does not tell when that was
not the system's own. A teller would read on into a far microphone; so the server is asked, about twice a second.
"""

from __future__ import annotations

import ctypes
import sys
import time
from functools import cache
from typing import Any

EVERY = 0.5
"""Seconds."""
READY = 4
NO_AUTOSPAWN = 1
NO_SUCH_ENTITY = 5
Found = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


class PulseSource:
    """One input by its name. Where there is no PulseAudio, or another name for it, nothing is known of it."""

    def __init__(self, name: str) -> None:
        self._name = name.encode()
        self._pulse = _library()
        self._seen = self._gone = False
        self._asked = 0.0
        # Kept, for PulseAudio keeps no reference.
        self._found = Found(self._answered)
        if self._pulse is not None:
            self._loop = self._pulse.pa_mainloop_new()
            self._context = self._pulse.pa_context_new(self._pulse.pa_mainloop_get_api(self._loop), b"storytime")
            self._pulse.pa_context_connect(self._context, None, NO_AUTOSPAWN, None)

    def gone(self) -> bool:
        """Return whether it was there and is there no more, as far as the server has answered. Never waits."""
        if self._pulse is None:
            return False
        while self._pulse.pa_mainloop_iterate(self._loop, 0, None) > 0:
            pass
        now = time.monotonic()
        if now - self._asked >= EVERY and self._pulse.pa_context_get_state(self._context) == READY:
            self._asked = now
            asked = self._pulse.pa_context_get_source_info_by_name(self._context, self._name, self._found, None)
            if asked:
                self._pulse.pa_operation_unref(asked)
        return self._gone

    def close(self) -> None:
        """Ask no more."""
        if self._pulse is not None:
            self._pulse.pa_context_disconnect(self._context)
            self._pulse.pa_context_unref(self._context)
            self._pulse.pa_mainloop_free(self._loop)
            self._pulse = None

    def _answered(self, _context: int, _source: int, end: int, _data: int) -> None:
        if end == 0:
            self._seen = True
        elif end < 0 and self._pulse is not None and self._pulse.pa_context_errno(self._context) == NO_SUCH_ENTITY:
            self._gone = self._seen


@cache
def _library() -> Any:
    """Return PulseAudio's library, None where there is none; pointers are declared, or they would lose their half."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        pulse = ctypes.CDLL("libpulse.so.0")
    except OSError:
        return None
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for name, result, arguments in (
        ("pa_mainloop_new", pointer, ()),
        ("pa_mainloop_get_api", pointer, (pointer,)),
        ("pa_mainloop_iterate", number, (pointer, number, pointer)),
        ("pa_mainloop_free", None, (pointer,)),
        ("pa_context_new", pointer, (pointer, text)),
        ("pa_context_connect", number, (pointer, text, number, pointer)),
        ("pa_context_disconnect", None, (pointer,)),
        ("pa_context_unref", None, (pointer,)),
        ("pa_context_get_state", number, (pointer,)),
        ("pa_context_errno", number, (pointer,)),
        ("pa_context_get_source_info_by_name", pointer, (pointer, text, Found, pointer)),
        ("pa_operation_unref", None, (pointer,)),
    ):
        function = getattr(pulse, name)
        function.restype, function.argtypes = result, arguments
    return pulse
