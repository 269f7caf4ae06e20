"""A signal in which every sample says which it is, so that each one that is missing is seen."""

import numpy as np

RATE = 48_000


def counter(seconds):
    """Return 16-bit samples that count from 1, around and around."""
    return np.arange(1, round(seconds * RATE) + 1).astype(np.uint16).view(np.int16)


def counted(samples):
    """Return the counted part of 16-bit samples, without the silence before and after it, as they were counted."""
    return np.trim_zeros(np.asarray(samples)).astype(np.int16).view(np.uint16)


def lost(samples):
    """Return the number of samples that are missing, or too many, within a counted part."""
    steps = np.diff(counted(samples)).astype(np.int64)
    return int(np.sum(np.minimum(steps - 1, 65_536 - steps + 1)[steps != 1]))


def spoken(samples):
    """Return the counted part without the silences in it: what says it is starved now and then on a loaded machine.

    A zero that follows 65,535 is counted and stays; every other one was never said.
    """
    part = counted(samples)
    before = np.concatenate([[0], part[:-1]])
    return part[(part != 0) | (before == 65_535)]


def in_journal(journal):
    """Return what a journal holds, as 16-bit samples."""
    return np.round(journal.samples() * 32_768).astype(np.int16)
