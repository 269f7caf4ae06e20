"""Reading a story aloud: line by line, with its place kept, ending on a sentence."""
