"""Tasks over HTTP: what may be asked and handed in, and how a task looks to the person who holds it."""
