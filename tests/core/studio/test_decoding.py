import av
import numpy as np
import pytest

from storytime.core.errors import CannotRead, DiskFull
from storytime.core.studio import decoding
from storytime.core.studio.decoding import RATE, decode
from storytime.core.studio.filters import resampled
from storytime.core.studio.journal import left_behind, read_journal
from tests.core.studio.recordings import level, room, tone

PHONES = {
    "voice.m4a": ("mp4", "aac", 44_100),
    "voice.mp3": ("mp3", "libmp3lame", 44_100),
    "voice.opus": ("ogg", "libopus", 48_000),
    "voice.webm": ("webm", "libopus", 48_000),
    "voice.flac": ("flac", "flac", 44_100),
    "voice.wav": ("wav", "pcm_s16le", 16_000),
    "deep.wav": ("wav", "pcm_s24le", 48_000),
    "lossless.m4a": ("mp4", "alac", 44_100),
    "voice.3gp": ("3gp", "libopencore_amrnb", 8_000),
    "voice.amr": ("amr", "libopencore_amrnb", 8_000),
    "voice.caf": ("caf", "pcm_s16be", 44_100),
    "voice.aiff": ("aiff", "pcm_s16be", 44_100),
    "voice.aac": ("adts", "aac", 44_100),
}


@pytest.fixture
def encoded(tmp_path):
    """Write samples of 48 kHz as a telephone would."""

    def encode(name, samples, layout="mono"):
        form, codec, rate = PHONES[name]
        own = resampled(samples.astype(np.float32), RATE, rate)
        channels = 2 if layout == "stereo" else 1
        with av.open(str(tmp_path / name), "w", format=form) as container:
            stream = container.add_stream(codec, rate=rate, layout=layout)
            if "amr" in codec:
                stream.bit_rate = 12_200
            whole = np.rint(np.repeat(own, channels) * 2**31 * 0.999).astype(np.int32)
            frame = av.AudioFrame.from_ndarray(whole[None], "s32", layout)
            frame.sample_rate = rate
            container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return tmp_path / name

    return encode


@pytest.fixture
def brought(tmp_path):
    def bring(path):
        return decode(path, tmp_path / "brought.journal", {"teller": 3})

    return bring


@pytest.fixture
def refused(tmp_path, brought):
    """Bring a file that cannot be, and return why; nothing may be left of it."""

    def bring(path):
        with pytest.raises(CannotRead) as caught:
            brought(path)
        assert not list(tmp_path.glob("*brought*"))
        return caught.value.why

    return bring


@pytest.mark.parametrize("name", PHONES)
def test_what_a_telephone_recorded_becomes_a_journal_of_our_own(encoded, brought, tmp_path, name):
    sound = np.concatenate([tone(1, 500, -20), tone(1, 900, -26)])
    journal = brought(encoded(name, sound))
    assert journal == read_journal(tmp_path / "brought.journal")
    assert journal.rate == RATE
    assert journal.header["teller"] == 3
    assert journal.seconds == pytest.approx(2, abs=0.06)
    heard = journal.samples()
    for begin, hertz, dbfs in ((0.2, 500, -20), (1.2, 900, -26)):
        part = heard[round(begin * RATE) : round((begin + 0.5) * RATE)]
        # The oldest telephones keep the words, not the tones.
        assert level(part) == pytest.approx(dbfs, abs=8 if "amr" in PHONES[name][1] else 1)
        assert np.argmax(np.abs(np.fft.rfft(part))) * 2 == pytest.approx(hertz, abs=4)


def test_ogg_vorbis_is_read(tmp_path, brought):
    import soundfile

    soundfile.write(tmp_path / "voice.ogg", tone(2, 500, -20), RATE, format="OGG", subtype="VORBIS")
    assert brought(tmp_path / "voice.ogg").seconds == pytest.approx(2, abs=0.05)


def test_more_than_16_bits_of_a_lossless_file_are_kept(encoded, brought):
    soft = tone(1, 500, -110)
    journal = brought(encoded("deep.wav", soft))
    assert journal.header["format"] == "s32"
    assert level(journal.samples()) == pytest.approx(-110, abs=0.5)


def test_two_channels_become_one(encoded, brought):
    journal = brought(encoded("voice.m4a", tone(2, 500, -20), "stereo"))
    assert level(journal.samples(RATE // 2, RATE)) == pytest.approx(-20, abs=1)


def test_the_name_of_a_file_says_nothing_of_what_it_is(encoded, brought):
    path = encoded("voice.mp3", tone(2, 500, -20))
    assert brought(path.rename(path.with_name("voice.wav"))).seconds == pytest.approx(2, abs=0.1)


def test_the_picture_beside_a_sound_does_not_matter(tmp_path, brought):
    assert brought(film(tmp_path / "film.mp4", sound=True)).seconds == pytest.approx(1, abs=0.1)


def test_a_film_without_sound_is_refused(tmp_path, refused):
    assert refused(film(tmp_path / "film.mp4", sound=False)) == decoding.EMPTY


def film(path, *, sound):
    with av.open(str(path), "w") as container:
        seen = container.add_stream("mpeg4", rate=25, width=64, height=64, pix_fmt="yuv420p")
        heard = container.add_stream("aac", rate=RATE, layout="mono") if sound else None
        if heard:
            frame = av.AudioFrame.from_ndarray(tone(1, 500, -20)[None], "flt", "mono")
            frame.sample_rate = RATE
            container.mux(heard.encode(frame))
            container.mux(heard.encode(None))
        for _picture in range(25):
            container.mux(seen.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), "rgb24")))
        container.mux(seen.encode(None))
    return path


@pytest.mark.parametrize("name", ["voice.mp3", "voice.opus", "voice.flac", "voice.wav", "voice.aac", "voice.webm"])
def test_a_file_that_breaks_off_gives_what_it_has(encoded, brought, name):
    path = encoded(name, room(6, -30))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 1.5 < brought(path).seconds < 4


def test_an_m4a_without_its_end_is_said_to_be_damaged(encoded, refused):
    path = encoded("voice.m4a", room(6, -30))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refused(path) in (decoding.NO_SOUND, decoding.DAMAGED)


@pytest.mark.parametrize("name", ["voice.mp3", "voice.flac", "voice.m4a"])
def test_a_scratch_is_passed_over(encoded, brought, name):
    path = encoded(name, room(6, -30))
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 200] = b"\xff" * 200
    path.write_bytes(raw)
    assert brought(path).seconds > 5


@pytest.mark.parametrize("name", PHONES)
@pytest.mark.parametrize("seed", range(3))
def test_a_ruin_is_read_or_refused_and_never_worse(encoded, tmp_path, name, seed):
    path = encoded(name, room(2, -30))
    raw, random = bytearray(path.read_bytes()), np.random.default_rng(seed)
    for place in random.integers(0, len(raw), 200):
        raw[place] = random.integers(256)
    path.write_bytes(raw)
    try:
        journal = decode(path, tmp_path / "brought.journal", {})
    except CannotRead:
        assert left_behind(tmp_path) == []
    else:
        assert journal == read_journal(tmp_path / "brought.journal")


STRANGERS = {
    "text.mp3": b"Once upon a time there was a lamp. " * 500,
    "noise.m4a": bytes(np.random.default_rng(5).integers(0, 256, 200_000, np.uint8)),
    "zeros.wav": bytes(100_000),
    "book.epub": b"PK\x03\x04" + bytes(2_000),
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(2_000),
    "list.m3u8": b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n",
    "list.mp3": b"ffconcat version 1.0\nfile voice.wav\n",
    "list.mpd": b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>http://localhost/</BaseURL></MPD>',
    "page.sdp": b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 9 RTP/AVP 0\n",
}


@pytest.mark.parametrize("name", STRANGERS)
def test_what_is_no_sound_is_refused(tmp_path, refused, name):
    (tmp_path / name).write_bytes(STRANGERS[name])
    assert refused(tmp_path / name) in (decoding.NO_SOUND, decoding.DAMAGED, decoding.EMPTY)


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:2,\nfile:{voice}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile file:{voice}\n",
    ],
    ids=["m3u8", "concat"],
)
@pytest.mark.parametrize("name", ["list.m3u8", "list.mp3", "list.wav"])
def test_a_list_never_brings_the_sound_that_it_names(encoded, tmp_path, refused, name, text):
    voice = encoded("voice.wav", tone(2, 500, -20))
    (tmp_path / name).write_text(text.format(voice=voice))
    assert refused(tmp_path / name) == decoding.NO_SOUND


def test_a_container_that_no_telephone_writes_is_not_opened(encoded, refused, monkeypatch):
    monkeypatch.setitem(PHONES, "voice.nut", ("nut", "pcm_s16le", RATE))
    assert refused(encoded("voice.nut", tone(2, 500, -20))) == decoding.NO_SOUND


def test_an_empty_file_and_one_that_is_gone_and_a_folder_are_said(tmp_path, refused):
    (tmp_path / "empty.m4a").touch()
    assert refused(tmp_path / "empty.m4a") == "is empty"
    assert refused(tmp_path / "gone.m4a") == "is not there"
    assert refused(tmp_path) == decoding.OUT_OF_REACH


def test_a_sound_too_short_to_hold_a_word_is_refused(encoded, refused):
    assert refused(encoded("voice.wav", tone(0.05, 500, -20))) == decoding.EMPTY


def test_what_says_that_it_is_too_long_is_refused_at_once(encoded, refused, monkeypatch):
    monkeypatch.setattr(decoding, "LONGEST", 5.0)
    monkeypatch.setattr(decoding, "_write", lambda *_all: pytest.fail("it was decoded"))
    assert refused(encoded("voice.flac", tone(6, 500, -20))) == decoding.TOO_LONG


def test_what_hides_how_long_it_is_is_refused_on_the_way(encoded, refused, monkeypatch):
    """Silence is packed a thousandfold: the limit counts what comes out, not what went in."""
    path = encoded("voice.aac", np.zeros(12 * RATE, np.float32))
    monkeypatch.setattr(decoding, "LONGEST", 5.0)
    monkeypatch.setattr(decoding, "_audio", lambda _path, container: container.streams.audio[0])
    assert refused(path) == decoding.TOO_LONG


def test_a_disk_without_room_is_said_before_it_is_filled(encoded, brought, monkeypatch):
    monkeypatch.setattr(decoding.shutil, "disk_usage", lambda _folder: type("Disk", (), {"free": 100_000})())
    with pytest.raises(DiskFull):
        brought(encoded("voice.m4a", tone(3, 500, -20)))


def test_a_disk_that_fills_on_the_way_leaves_nothing(encoded, tmp_path, brought):
    path = encoded("voice.m4a", tone(3, 500, -20))
    (tmp_path / ".brought.journal.part").symlink_to("/dev/full")
    with pytest.raises(DiskFull):
        brought(path)
    assert left_behind(tmp_path) == []


def test_a_voice_comes_through_as_it_was(encoded, brought):
    said = resampled(resampled(room(3, -20), RATE, 44_100), 44_100, RATE)
    heard = brought(encoded("voice.flac", said)).samples()
    assert np.corrcoef(heard[5_000:100_000], said[5_000:100_000])[0, 1] > 0.99
