"""Uploading a published release to the Hugging Face Hub, or to a server that speaks as it does."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oa.core.errors import Conflict, Missing
from oa.datasets.actions.releasing.folders import folder_of
from oa.datasets.models import Release
from oa.datasets.rules.states import ReleaseState


def push(*, name: str, repo: str, endpoint: str | None = None, private: bool = False) -> str:
    """Upload all files in one commit; the address of the repository. The token is that of the environment (HF_TOKEN).

    Missing `no_such_release`; Conflict `not_published`, `hub_refused` with what the server says.
    """
    # It takes a second to import, and is wanted here only.
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    release = Release.objects.filter(name=name).first()
    if release is None:
        raise Missing("no_such_release", _("There is no such data set."))
    if release.state != ReleaseState.PUBLISHED:
        raise Conflict("not_published", _("Only what is published can be pushed."), state=release.state)
    api = HfApi(endpoint=endpoint)
    try:
        made = api.create_repo(repo, repo_type="dataset", private=private, exist_ok=True)
        api.upload_folder(
            repo_id=repo, repo_type="dataset", folder_path=folder_of(release), commit_message=f"Release {name}"
        )
    # A file that could not be sent is a RuntimeError there, a name or an address that makes no sense a ValueError.
    except (HfHubHTTPError, OSError, RuntimeError, ValueError) as error:
        said = (str(error) or repr(error)).strip().splitlines()[0]
        raise Conflict("hub_refused", said[:500]) from error
    return str(made)
