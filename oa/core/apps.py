from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "oa.core"

    def ready(self) -> None:
        import oa.celery  # noqa: F401 - jobs must know our broker before the first of them is sent
