"""What the owners of a register want of gdprlint: `gdprlint.toml`, or `[tool.gdprlint]` in `pyproject.toml`.

`reading` gives the values of a file with their places, `settling` what of them holds for a register, `applying` what
they make of a report. The classes in `shape` say which keys there are. Only a run that meets a configuration with
something in it imports any of this, and cattrs with it.
"""
