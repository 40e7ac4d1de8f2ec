from django.apps import AppConfig
from django.contrib.admin import apps as django_admin


class CoreConfig(AppConfig):
    name = "oa.core"

    def ready(self) -> None:
        import oa.celery  # noqa: F401 - jobs must know our broker before the first of them is sent
        from oa.core import timestamps

        timestamps.register()


class AdminPagesConfig(django_admin.AdminConfig):
    """Django's administration, on a site of ours that tells what is written there."""

    default = False
    default_site = "oa.core.admin.Site"
