"""Templates, written out as the page that they make, with every branch of their conditions.

No template is run: what it shows is told from its text. Each module knows one way to write templates, and hands what it
finds to the loom.
"""
