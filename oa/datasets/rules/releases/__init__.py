"""What decides about releases: what may be ordered, how they move, what is written beside the data, what is checked.

No database in here.
"""

from oa.datasets.rules.releases.auditing import (
    OF_MESSAGES,
    PSEUDONYM,
    TELL_WHO,
    UUID,
    WHOLE,
    Flat,
    Shape,
    Tally,
    names_in,
    trees_in,
)
from oa.datasets.rules.releases.card import PLAIN
from oa.datasets.rules.releases.card import card_of as card_text
from oa.datasets.rules.releases.checks import MOST_EXAMPLES, Check, Finding, all_passed, with_new
from oa.datasets.rules.releases.choosing import (
    close_ranks,
    heard_of,
    kinds_found,
    whole_and_left,
    without_personal_data,
)
from oa.datasets.rules.releases.croissant import croissant_of
from oa.datasets.rules.releases.datasheet import datasheet_of
from oa.datasets.rules.releases.facts import Facts, FileFact, best_packing
from oa.datasets.rules.releases.licences import LICENCES, USUAL_LICENCE, Licence
from oa.datasets.rules.releases.manifest import manifest_of, sums_of
from oa.datasets.rules.releases.moves import MOVES, may_move
from oa.datasets.rules.releases.names import (
    CARD,
    CHANGES,
    CROISSANT,
    DATASHEET,
    MANIFEST,
    PAPERS,
    SAMPLES,
    SUMS,
    with_head,
    withdrawn_path,
    without_head,
)
from oa.datasets.rules.releases.ordering import (
    LONGEST_NAME,
    LONGEST_NOTES,
    LONGEST_TITLE,
    PACKINGS,
    USUAL_FORMS,
    USUAL_PACKINGS,
    PersonalData,
    PlannedFile,
    ReleaseOrder,
    checked_licence,
    checked_name,
    checked_words,
    releasable,
    suggested_name,
)
from oa.datasets.rules.releases.phases import in_words as phase_in_words
from oa.datasets.rules.releases.phases import phase
from oa.datasets.rules.releases.queries import read_query

__all__ = [
    "best_packing",
    "PLAIN",
    "trees_in",
    "names_in",
    "Tally",
    "Shape",
    "Flat",
    "WHOLE",
    "UUID",
    "TELL_WHO",
    "PSEUDONYM",
    "OF_MESSAGES",
    "sums_of",
    "manifest_of",
    "FileFact",
    "Facts",
    "datasheet_of",
    "croissant_of",
    "card_text",
    "without_personal_data",
    "whole_and_left",
    "kinds_found",
    "heard_of",
    "close_ranks",
    "read_query",
    "without_head",
    "withdrawn_path",
    "with_head",
    "SUMS",
    "SAMPLES",
    "PAPERS",
    "MANIFEST",
    "DATASHEET",
    "CROISSANT",
    "CHANGES",
    "CARD",
    "LICENCES",
    "LONGEST_NAME",
    "LONGEST_NOTES",
    "LONGEST_TITLE",
    "MOST_EXAMPLES",
    "MOVES",
    "PACKINGS",
    "USUAL_FORMS",
    "USUAL_LICENCE",
    "USUAL_PACKINGS",
    "Check",
    "Finding",
    "Licence",
    "PersonalData",
    "PlannedFile",
    "ReleaseOrder",
    "all_passed",
    "checked_licence",
    "checked_name",
    "checked_words",
    "may_move",
    "phase",
    "phase_in_words",
    "releasable",
    "suggested_name",
    "with_new",
]
