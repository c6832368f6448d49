"""Remembers what a check found, for as long as all that it depends on is as it was."""
