"""Everything that changes points, notices, preferences and reactions."""

from oa.community.actions.booking import book, book_due, book_trees
from oa.community.actions.choosing import change_preferences, forget, read_notices, show_again
from oa.community.actions.deciding import tell_of_decision, tell_person_of_decision
from oa.community.actions.mailing import claim_digest, digests_due, link_of, person_of_link, send_digest, stop_digest
from oa.community.actions.reacting import react, unreact
from oa.community.actions.reading import trees_due

__all__ = [
    "book",
    "book_due",
    "book_trees",
    "change_preferences",
    "claim_digest",
    "digests_due",
    "forget",
    "link_of",
    "person_of_link",
    "react",
    "read_notices",
    "send_digest",
    "show_again",
    "stop_digest",
    "tell_of_decision",
    "tell_person_of_decision",
    "trees_due",
    "unreact",
]
