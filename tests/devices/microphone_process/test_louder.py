import numpy as np

from storytime.devices.microphone_process.louder import Louder


def block(left, right, count=480):
    return np.column_stack([np.full(count, left), np.full(count, right)]).astype("<i2").ravel()


def test_one_channel_is_taken_as_it_is():
    samples = np.arange(10, dtype="<i2")
    assert np.array_equal(Louder(1).take(samples), samples)


def test_the_channel_that_speaks_is_taken():
    assert set(Louder(2).take(block(3, 9000))) == {9000}
    assert set(Louder(2).take(block(9000, 3))) == {9000}


def test_two_that_are_alike_are_never_changed_for_each_other():
    louder = Louder(2)
    taken = [louder.take(block(1000 + 200 * (turn % 2), 1100))[0] for turn in range(50)]
    assert set(taken) == {1000, 1200}


def test_an_empty_block_changes_nothing():
    louder = Louder(2)
    louder.take(block(3, 9000))
    assert len(louder.take(np.zeros(0, "<i2"))) == 0
    assert set(louder.take(block(5000, 5000))) == {5000}
