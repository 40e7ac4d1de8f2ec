"""Data sets in the admin."""

from oa.datasets.admin.imports import ImportedTreeAdmin, ImportProblemAdmin, ImportRunAdmin
from oa.datasets.admin.releases import ReleaseAdmin, ReleaseFileAdmin, ReleaseMemberAdmin, WithdrawalAdmin

__all__ = [
    "ImportProblemAdmin",
    "ImportRunAdmin",
    "ImportedTreeAdmin",
    "ReleaseAdmin",
    "ReleaseFileAdmin",
    "ReleaseMemberAdmin",
    "WithdrawalAdmin",
]
