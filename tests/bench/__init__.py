"""`make bench`: how fast, measured on this machine. Nothing here asserts anything, and pytest doesn't collect it.

A measurement is a module with `measure() -> Iterator[Figure]`, or `measure(run: Run)` if it is about a site of some
size; add it to its table in `__main__`. `driver/` opens sites and sends crowds, `population/` makes people and trees.
"""
