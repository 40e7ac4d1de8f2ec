"""Whoever opens the site's address is shown something."""

from __future__ import annotations

from django.test import Client


def test_the_door_leads_to_the_description_of_the_api(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/api/v1/docs"
