"""Judging a register: rules are asked what they have to say, and findings are made of it."""
