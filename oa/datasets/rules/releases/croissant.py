"""What a release says to machines: Croissant 1.0, JSON-LD (https://docs.mlcommons.org/croissant/docs/croissant-spec.html)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from oa.datasets.rules.forms import FORMS, Form, Kind, Schema, Type, columns_of
from oa.datasets.rules.releases.card import PLAIN
from oa.datasets.rules.releases.facts import TYPES, Facts, FileFact

CONFORMS_TO = "http://mlcommons.org/croissant/1.0"
_CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_KINDS = {
    Kind.TEXT: "sc:Text", Kind.INTEGER: "sc:Integer", Kind.NUMBER: "sc:Float", Kind.FLAG: "sc:Boolean",
    Kind.JSON: "sc:Text",
}  # fmt: skip


def croissant_of(facts: Facts) -> dict[str, Any]:
    """croissant.json."""
    numbers = facts.numbers
    return {
        "@context": dict(_CONTEXT),
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": facts.name,
        "alternateName": facts.heading,
        "description": f"{numbers['messages']} messages in {numbers['trees']} conversation trees, with people's "
        "judgements of them.",
        "url": facts.page,
        "license": facts.licence_facts.url,
        "version": f"{facts.taken_at[:10].replace('-', '.')}",
        "datePublished": facts.taken_at[:10],
        "inLanguage": list(facts.langs),
        "isLiveDataset": False,
        "citeAs": f"{facts.heading} ({facts.taken_at[:4]}). {facts.page}",
        "creator": {"@type": "sc:Organization", "name": facts.site, "url": facts.site},
        "keywords": ["conversations", "human feedback"],
        "distribution": [_file(facts, file) for file in facts.files if file.form],
        "recordSet": [_records(form, file) for form in facts.forms for file in facts.of_form(form, facts.best_packing)],
    }


def _file(facts: Facts, file: FileFact) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": facts.address_of(file.path),
        "contentSize": f"{file.bytes} B",
        "encodingFormat": TYPES[file.packing],
        "sha256": file.sha256,
    }


def _records(form: Form, file: FileFact) -> dict[str, Any]:
    """The rows of one side of a form."""
    name = f"{form.value}/{file.split}"
    columns: Schema = columns_of(form, PLAIN)
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": str(FORMS[form].words),
        "field": [_field(name, column, kind, file) for column, kind in columns.items()],
    }


def _field(records: str, column: str, kind: Type, file: FileFact) -> dict[str, Any]:
    """A column. What is in lists and objects is told as JSON text: Croissant 1.0 has no nested lists."""
    place = {"column": column} if file.packing == "parquet" else {"jsonPath": f"$.{column}"}
    return {
        "@type": "cr:Field",
        "@id": f"{records}/{column}",
        "name": column,
        "dataType": _KINDS[kind] if isinstance(kind, Kind) else "sc:Text",
        "source": {"fileObject": {"@id": file.path}, "extract": place},
    }
