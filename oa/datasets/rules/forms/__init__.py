"""The forms of data sets: each a pure function from one tree to rows. No database, no Arrow in here.

    FORMS[form].rows(tree: Conversation, chosen: Sequence[Entry], dress: Dress) -> Iterable[Row]

`chosen` are the messages of the tree to be written, every parent before its replies; unless `FORMS[form].single`, no
message without the one it replies to. Rows are plain JSON values; what they hold may be shared between rows and with
the entries: write them, don't change them. Ids are written as `dress.name_of` says, all of them.

    columns_of(form, dress) -> Schema      for the writers of oa.datasets.actions.packing
    features_of(schema) -> dict            what `datasets.Features.from_dict` reads
    feature_list_of(schema) -> list        the same as a data set card has it (`dataset_info: features:`)
    Dress(name_of, labels, emojis, detoxify, no_replies, events, groups, judgements)
    Group(tiers, ballots)                  what `Dress.groups` holds by parent id, for agreement and ties
"""

from oa.datasets.rules.forms.branches import Branches
from oa.datasets.rules.forms.columns import Kind, Schema, Type, feature_list_of, features_of
from oa.datasets.rules.forms.dress import Dress, Events, Group, Row
from oa.datasets.rules.forms.means import mean_of, mean_over, merged_labels
from oa.datasets.rules.forms.oasst import flat_rows, hf_rows, tree_row
from oa.datasets.rules.forms.registry import FORMS, Form, Part, Pattern, columns_of

__all__ = [
    "FORMS",
    "Branches",
    "Dress",
    "Events",
    "Form",
    "Group",
    "Kind",
    "Part",
    "Pattern",
    "Row",
    "Schema",
    "Type",
    "columns_of",
    "feature_list_of",
    "features_of",
    "flat_rows",
    "hf_rows",
    "mean_of",
    "mean_over",
    "merged_labels",
    "tree_row",
]
