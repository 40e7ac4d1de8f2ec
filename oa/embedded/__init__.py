"""Our own PostgreSQL and Valkey, for whoever has no `DATABASE_URL`.

`join()` makes this process a user of the servers that belong to the data folder: it finds them or has them started,
and they stay for as long as anybody uses them. Who uses them is a shared lock on a file, so a killed process leaves.
"""

from oa.embedded.client import addresses, in_use, join, users_fd
from oa.embedded.places import data_dir
from oa.embedded.rules import needed_by

__all__ = ["addresses", "data_dir", "in_use", "join", "needed_by", "users_fd"]
