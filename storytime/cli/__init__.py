"""The command line: its words are a contract."""
