from storytime.devices.microphone_process.permission import ZEROS, zeros_mean_refused


def test_zeros_are_a_refusal_on_macos_alone():
    assert zeros_mean_refused(ZEROS, "darwin")
    assert not zeros_mean_refused(ZEROS / 2, "darwin")
    assert not zeros_mean_refused(60.0, "linux")
    assert not zeros_mean_refused(60.0, "win32")
