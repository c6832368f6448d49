"""The formats that notices come in, one module for each.

A module names the endings of files that it reads (`SUFFIXES`) and has a function `read` from the bytes, the path and
the project to a page, or to the fault that kept it from being read. A format exists because its module exists.
"""
