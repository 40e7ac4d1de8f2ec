"""Databases of any size for measurements, as if people had worked there for months: 1,000 trees or a million.

`stories` plays out what may become of a tree, by the rules of the product themselves; `tables` writes each story down
once as rows with holes (`forms`); `chunks` fills them in for thousands of trees at a time; `writing` sends them.
"""
