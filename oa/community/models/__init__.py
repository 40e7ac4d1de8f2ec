"""Points, notices, reactions: what work came to, for those who did it."""

from oa.community.models.ledger import Entry, Sums, Tally, Total
from oa.community.models.people import ActiveDay, Award, Member, Notice, Reaction

__all__ = ["ActiveDay", "Award", "Entry", "Member", "Notice", "Reaction", "Sums", "Tally", "Total"]
