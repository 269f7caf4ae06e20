"""The child process that hears: it holds the microphone and the pen, whatever happens to the window."""
