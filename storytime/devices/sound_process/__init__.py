"""The child process that sounds: one sink for every sound, which no stall and no crash of the window can reach.

Nor can a crash here reach the window: where the sound server is killed, Qt ends a process that opens an output.
"""
