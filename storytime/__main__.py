"""Where Storytime begins: `python -m storytime`, and the `storytime` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line; without a word of its own it opens the window."""
    from storytime.cli import storytime

    storytime(prog_name="storytime")


if __name__ == "__main__":
    main()
