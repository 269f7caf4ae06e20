"""Write a file that a parent named, whole or not at all."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from storytime.core.errors import CannotWrite, DiskFull

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def written_whole(to: Path) -> Iterator[Path]:
    """Give a file beside `to` that takes its place if the block ends well, and is removed if it does not.

    Raises `CannotWrite`, `DiskFull`.
    """
    part = to.with_name(f".{to.name}.part")
    try:
        yield part
        os.replace(part, to)
    except OSError as error:
        if not to.parent.is_dir():
            raise CannotWrite(to, "Its folder is not there. Make it, or choose another.") from error
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(to) from error
        raise CannotWrite(to, "Its folder cannot be written. Choose another.") from error
    finally:
        # A folder that can only be read refuses this too, even where there is nothing to remove.
        with suppress(OSError):
            part.unlink(missing_ok=True)
