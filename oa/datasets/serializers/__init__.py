"""Data sets as the API tells them."""
