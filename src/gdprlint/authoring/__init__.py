"""For those who write rules: what a rule can ask, what an expression gives, and a pack to begin with.

No run that judges anything reads this.
"""
