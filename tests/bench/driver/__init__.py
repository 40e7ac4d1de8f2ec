"""Driving a whole site as its volunteers do: servers that are production's, a crowd over HTTP, and who spent what.

Start reading at `crowd.py`, the load generator; `site.py` and `house.py` start what it asks, `costs.py` says what that
cost.
"""
