"""What a notice says, one module for each group of sections; `notice.py` puts them in order."""
