"""Where Storytime begins: `python -m storytime`, and the `storytime` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Open the window; with a word, or where there is no screen, run the command line."""
    from storytime.screen import screen_is_there

    if len(sys.argv) < 2 and screen_is_there():
        # Past the command line, whose import would double the wait for the first frame.
        try:
            from storytime.app import run_window

            code = run_window()
        except ImportError as error:
            from storytime.core.errors import SystemLacks

            if lacks := SystemLacks.told_by(error):
                sys.exit(str(lacks))
            raise
        sys.exit(code)
    from storytime.cli import storytime

    storytime(prog_name="storytime")


if __name__ == "__main__":
    main()
