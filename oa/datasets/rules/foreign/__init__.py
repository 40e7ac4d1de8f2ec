"""Forms of other projects: rows become conversations, conversations that begin alike become one tree."""

from oa.datasets.rules.foreign.growing import ONLY_PROMPTS, Planting, grow, id_of_path
from oa.datasets.rules.foreign.names import PLAIN, Foreign
from oa.datasets.rules.foreign.plain import columns_in, delimiter_of, is_table, looks_like_blocks, prompt_column
from oa.datasets.rules.foreign.rows import PROMPT_NAMES, READERS, form_of_row
from oa.datasets.rules.foreign.talks import LONGEST_TURN, Talk, clean_prompt, lang_of, model_of, talk_of

__all__ = [
    "LONGEST_TURN",
    "ONLY_PROMPTS",
    "PLAIN",
    "PROMPT_NAMES",
    "READERS",
    "Foreign",
    "Planting",
    "Talk",
    "clean_prompt",
    "columns_in",
    "delimiter_of",
    "form_of_row",
    "grow",
    "id_of_path",
    "is_table",
    "lang_of",
    "looks_like_blocks",
    "model_of",
    "prompt_column",
    "talk_of",
]
