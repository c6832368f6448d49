"""Rules watched at work: why a rule reports something or does not, and how long it takes.

The ordinary run knows nothing of this. The same rules are made again from their files with tests that take note of
what they gave, and judge the same register; what they decide is decided by the ordinary closures.
"""
