"""The site's settings, with some addresses more: a server of tests runs with them."""

import os
from pathlib import Path

from oa.settings import *  # noqa: F403, TID251 - all of them

DEBUG = False
ROOT_URLCONF = "tests.core.served_urls"
OA_UPLOADS_DIR = Path(os.environ["OA_UPLOADS_DIR"])
