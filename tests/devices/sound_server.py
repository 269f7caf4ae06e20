"""A private PulseAudio with outputs that nobody hears, an ear at any of them, and microphones to speak into."""

import contextlib
import os
import shutil
import signal
import subprocess
import threading

RATE = 48_000
FRAME = 4
BLOCK_MS = 10
FORMAT = ("--format=s16le", f"--rate={RATE}", "--channels=2", f"--latency-msec={BLOCK_MS}")
PLENTY = 15
INSTALLED = all(shutil.which(tool) for tool in ("pulseaudio", "pactl", "parec", "pacat"))


class SoundServer:
    """Lives in a folder of its own; `environment` leads to it and to no other."""

    def __init__(self, folder):
        self.folder = folder
        # A socket's path may have 107 bytes, and pytest's folders are long.
        self._socket = f"/tmp/storytime-pulse-{os.getpid()}-{id(self)}"
        self.environment = {
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_RUNTIME_PATH": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "DBUS_SESSION_BUS_ADDRESS": "",
        }
        self._process = None

    def start(self):
        script = self.folder / "default.pa"
        script.write_text(f"load-module module-native-protocol-unix socket={self._socket} auth-anonymous=1\n")
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "-F", str(script)]
        self._process = subprocess.Popen(
            command, env=self._env(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.tell("info", wait=True)
        self.outputs = {}
        self.inputs = {}

    def kill(self):
        self._process.kill()
        self._process.wait(PLENTY)

    def stall(self):
        """Answer nobody until `go_on`, as on a machine that is busy with other things."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self._process.send_signal(signal.SIGCONT)

    def close(self):
        self.kill()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._socket)

    def add_output(self, name):
        settings = [f"sink_name={name}", f"rate={RATE}", "channels=2"]
        self.outputs[name] = self.tell("load-module", "module-null-sink", *settings)
        self.tell("set-default-sink", name)

    def remove_output(self, name):
        self.tell("unload-module", self.outputs.pop(name))

    def add_input(self, name, channels=1, depth="s16le"):
        """Add a microphone that hears what is played into an output of its own, `{name}-air`."""
        kind = [f"rate={RATE}", f"channels={channels}", f"format={depth}"]
        air = self.tell("load-module", "module-null-sink", f"sink_name={name}-air", *kind)
        source = [f"source_name={name}", f"master={name}-air.monitor", f"source_properties=device.description={name}"]
        self.inputs[name] = [self.tell("load-module", "module-remap-source", *source), air]
        self.tell("set-default-source", name)

    def remove_input(self, name):
        for module in self.inputs.pop(name):
            self.tell("unload-module", module)

    def mouth(self, name, samples, *, again=False):
        """Begin to say 16-bit mono samples into a microphone, once, or again and again until it is closed."""
        return Mouth(f"{name}-air", self._env(), samples, again)

    def tell(self, *words, wait=False):
        attempts = 200 if wait else 1
        for _attempt in range(attempts):
            told = subprocess.run(["pactl", *words], env=self._env(), capture_output=True, text=True, timeout=PLENTY)
            if told.returncode == 0:
                return told.stdout.strip()
        raise AssertionError(f"the sound server does not take {words}: {told.stderr}")

    def ear(self, name):
        return Ear(name, self._env())

    def _env(self):
        return {**os.environ, **self.environment, "PULSE_LATENCY_MSEC": ""}


class Mouth:
    """Says samples into a microphone; `close` makes it fall silent before its time."""

    def __init__(self, output, env, samples, again):
        env.pop("PULSE_LATENCY_MSEC")
        command = ["pacat", "-d", output, "--raw", "--format=s16le", f"--rate={RATE}", "--channels=1"]
        self._process = subprocess.Popen([*command, "--latency-msec=1000"], env=env, stdin=subprocess.PIPE)
        said = memoryview(samples).cast("B")
        self._thread = threading.Thread(target=self._say, args=(said, again), daemon=True)
        self._thread.start()

    def _say(self, data, again):
        with contextlib.suppress(OSError), self._process.stdin:
            self._process.stdin.write(data)
            while again:
                self._process.stdin.write(data)

    def close(self):
        self._process.terminate()
        self._process.wait(PLENTY)
        self._thread.join(PLENTY)


class Ear:
    """Hears all that an output plays, from now on, in a thread, so that no stall of ours makes it miss anything."""

    def __init__(self, name, env):
        env.pop("PULSE_LATENCY_MSEC")
        self._process = subprocess.Popen(
            ["parec", "-d", f"{name}.monitor", "--raw", *FORMAT],
            env=env,
            stdout=subprocess.PIPE,
        )
        self._blocks = []
        self._bytes = 0
        self._more = threading.Condition()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        self.wait_frames(1)

    def _listen(self):
        while block := os.read(self._process.stdout.fileno(), 65536):
            with self._more:
                self._blocks.append(block)
                self._bytes += len(block)
                self._more.notify_all()

    @property
    def frames(self):
        return self._bytes // FRAME

    def wait_frames(self, count):
        """Stand still, events too, until so many more frames have been heard."""
        wanted = self._bytes + FRAME * count
        with self._more:
            assert self._more.wait_for(lambda: self._bytes >= wanted, PLENTY)

    def samples(self):
        """Return what the left channel played, as an array of 16-bit samples."""
        import numpy as np

        with self._more:
            heard = b"".join(self._blocks)
        return np.frombuffer(heard[: len(heard) // FRAME * FRAME], "<i2")[::2]

    def forget(self):
        """Keep nothing of what was heard until now but its last frames."""
        with self._more:
            heard = b"".join(self._blocks)
            self._blocks[:] = [heard[max(0, len(heard) // FRAME - 1) * FRAME :]]

    def close(self):
        self._process.terminate()
        self._process.wait(PLENTY)
        self._thread.join(PLENTY)
        self._process.stdout.close()
