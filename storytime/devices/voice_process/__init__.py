"""The child process that speaks: one line of text a job, rendered to a sound file; it plays nothing.

Only this package knows pyttsx3. A second kind of voice is one more module that keeps `engine.Engine`, and one more
name in `__main__`.
"""
