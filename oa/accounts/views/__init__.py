"""People over HTTP. Nothing is imported here: the API framework loads `authentication` while it is itself loading."""
