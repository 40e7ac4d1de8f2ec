"""The licences a release can have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Licence:
    """`hub`: how data set cards name it; `url`: where its text is."""

    title: str
    url: str
    hub: str


def _creative(code: str, title: str, version: str = "4.0") -> Licence:
    return Licence(
        f"Creative Commons {title} {version} International",
        f"https://creativecommons.org/licenses/{code}/{version}/",
        f"cc-{code}-{version}",
    )


# By their SPDX names.
LICENCES: Mapping[str, Licence] = {
    "CC-BY-4.0": _creative("by", "Attribution"),
    "CC-BY-SA-4.0": _creative("by-sa", "Attribution Share Alike"),
    "CC-BY-NC-4.0": _creative("by-nc", "Attribution Non Commercial"),
    "CC-BY-NC-SA-4.0": _creative("by-nc-sa", "Attribution Non Commercial Share Alike"),
    "CC0-1.0": Licence(
        "Creative Commons Zero 1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/", "cc0-1.0"
    ),
    "ODC-By-1.0": Licence(
        "Open Data Commons Attribution License 1.0", "https://opendatacommons.org/licenses/by/1-0/", "odc-by"
    ),
    "ODbL-1.0": Licence(
        "Open Data Commons Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/", "odbl"
    ),
    "Apache-2.0": Licence("Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0", "apache-2.0"),
    "MIT": Licence("MIT License", "https://opensource.org/license/mit", "mit"),
}
USUAL_LICENCE = "CC-BY-4.0"
