"""What light checks say of a message is shown to moderators, as long as it is about the text in force."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.screening import actions
from tests import builders as b
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]
TEXT = "Write to alice@mail.net: why is the sky so much redder in the evening than at noon?"


def test_moderators_see_them_and_nobody_else(cast: Cast, api_client_for: SignIn) -> None:
    b.policy()
    first = b.plant(text=TEXT)
    prompt = b.plant(text=TEXT, by=cast.alice)
    actions.read_waiting(clock=lambda: b.LATER)
    address = f"/api/v1/messages/{prompt.pk}"

    seen = api_client_for(cast.mona).get(address).json()["opinion"]

    assert seen.pop("language_sure") > 0.8
    assert seen == {
        "language": "en",
        "personal_data": [{"kind": "email", "start": 9, "end": 23}],
        "twin_id": str(first.pk),
        "likeness": 1.0,
    }
    assert api_client_for(cast.alice).get(address).json()["opinion"] is None


def test_not_before_a_text_was_read_nor_after_it_was_changed(cast: Cast, api_client_for: SignIn) -> None:
    b.policy()
    prompt = b.plant(text=TEXT)
    mona = api_client_for(cast.mona)
    address = f"/api/v1/messages/{prompt.pk}"

    assert mona.get(address).json()["opinion"] is None
    actions.read_waiting(clock=lambda: b.LATER)
    moderation.edit_message(message_id=prompt.pk, text="Write to nobody.", why="Address", by=cast.mona, now=b.LATER)
    assert mona.get(address).json()["opinion"] is None
