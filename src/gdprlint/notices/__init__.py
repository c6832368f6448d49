"""Notices as they are published: from the bytes of a file to what a reader sees, each word with its place."""
