"""Releases, imports, and what authors took back."""

from oa.datasets.models.imports import ImportedTree, ImportProblem, ImportRun
from oa.datasets.models.releases import NAME, Release, ReleaseFile, ReleaseMember, new_key
from oa.datasets.models.withdrawals import Withdrawal

__all__ = [
    "NAME",
    "ImportProblem",
    "ImportRun",
    "ImportedTree",
    "Release",
    "ReleaseFile",
    "ReleaseMember",
    "Withdrawal",
    "new_key",
]
