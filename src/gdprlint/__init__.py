"""Policy as code for UK data protection: a linter for what an organisation says it does with people's data."""

__version__ = "0.1.0"
