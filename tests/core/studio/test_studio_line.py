"""Line by line: Space, Enter, Backspace, arrows and P."""




def test_a_line_is_recorded_heard_and_kept(booth):
    studio = booth.open()
    booth.record()
    assert booth.session.state == "recorded"
    studio.play()
    assert booth.session.state == "playing"
    booth.run(5)
    assert booth.session.state == "recorded"
    studio.keep()
    assert booth.session.line == 1
    assert [take.line for take in booth.kept] == [0]
    assert booth.session.readers[0].name == "Mama"
    assert booth.journals() == []
