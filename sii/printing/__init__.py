"""What a printed document shows: content, words, names and bar codes."""
