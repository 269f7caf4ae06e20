"""The child process that speaks: one line of text a job, rendered to a sound file; it plays nothing.

Only this package knows pyttsx3. A second kind of voice is one more module that keeps `engine.Engine`, and one more
name in `__main__`.
"""

import os

# Nothing leaves the house: onnxruntime would count its users and send that home. It asks for this once, when imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
