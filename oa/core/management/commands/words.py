"""Bring the files of translators up to date with the code."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from oa.core import words


class Command(BaseCommand):
    help = "Read the texts out of the code, renew every .po, compile it to .mo, and name what is not translated."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        locales = Path(settings.LOCALE_PATHS[0])
        texts = words.texts_under(locales.parent)
        for language in words.languages(locales):
            known = words.words_of(locales, language)
            path = words.path_of(locales, language)
            path.parent.mkdir(exist_ok=True)
            words.catalogue(language, texts, known).save(str(path))
            complete = words.catalogue(language, texts, known, whole=False)
            complete.save_as_mofile(str(path.with_suffix(".mo")))
            self.stdout.write(f"{language}: {len(complete)} of {len(texts)} texts are translated.")
            for text in words.lacking(language, texts, known):
                self.stdout.write(f"  {text.one}")
