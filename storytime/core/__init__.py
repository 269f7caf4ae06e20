"""What is true of Storytime with no screen, speaker or microphone."""
