"""How a file is to be imported. No database in here."""

from __future__ import annotations

from dataclasses import dataclass

from oa.datasets.rules.foreign import ONLY_PROMPTS, Foreign, Planting
from oa.datasets.rules.states import Into


@dataclass(frozen=True, slots=True)
class Wish:
    """Where trees go, what is known of them that the file doesn't say, and how it is to be read.

    `lang` is that of texts whose language can't be told. `synthetic_prompts`: a machine wrote the prompts too.
    """

    into: Into = Into.ARCHIVE
    origin: str = ""
    licence: str = ""
    model_name: str = ""
    lang: str = ""
    dry_run: bool = False
    form: Foreign = Foreign.AUTO
    column: str = ""
    encoding: str = ""
    synthetic_prompts: bool = False
    system_first: bool | None = None

    @property
    def options(self) -> dict[str, str | bool]:
        """What of it has no column of its own where imports are kept, as far as it was asked for."""
        asked = {name: getattr(self, name) for name in ("column", "encoding", "synthetic_prompts")}
        system = {} if self.system_first is None else {"system_first": self.system_first}
        return {name: value for name, value in asked.items() if value} | system

    @property
    def worked_on(self) -> bool:
        """Whether people work on what is imported."""
        return self.into is not Into.ARCHIVE

    @property
    def only_prompts(self) -> bool:
        return self.into in ONLY_PROMPTS

    @property
    def planting(self) -> Planting:
        return Planting(self.into, self.model_name, self.synthetic_prompts, self.system_first)
