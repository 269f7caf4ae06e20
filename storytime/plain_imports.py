"""Keeps imports plain: import this before anything of PySide's.

PySide puts a hook into Python's `import`, for switches of its own that nobody uses here (`from __feature__ import …`).
It reads the source of every module that is imported after it, and keeps all of it: a tenth of a millisecond for each,
and five megabytes of a window with its shelf. So the hook is taken out again as soon as it was put in.
"""

from __future__ import annotations

import builtins
import importlib

_plain = builtins.__import__
importlib.import_module("PySide6.QtCore")
builtins.__import__ = _plain
