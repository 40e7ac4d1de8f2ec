"""oa/settings.py, and one address more: an empty view, to see what a request costs in which nothing is done."""

from oa.settings import *  # noqa: F403, TID251 - these are settings

ROOT_URLCONF = "tests.bench.driver.urls"
