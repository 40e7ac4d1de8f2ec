"""`make bench`: how fast, measured on this machine. Nothing here asserts anything, and pytest doesn't collect it.

A measurement is a module with `measure() -> Iterator[Figure]`; add it to MEASUREMENTS in `__main__`.
"""
