"""Who is seen in which network: noted without the address, for 30 days, and shown as a hint."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from rest_framework.test import APIClient

from oa.accounts import actions as accounts
from oa.accounts.models import User
from oa.accounts.rules import Scope
from oa.core.redis import line
from oa.moderation import actions
from oa.moderation.actions.watching import WAITING, digest_of
from oa.moderation.jobs import drop_old_sightings, write_sightings
from oa.moderation.models import Sighting, profile_of
from oa.moderation.rules import MOST_OF_A_NETWORK, network_of
from oa.stats.models import all_about
from tests import builders as b
from tests.tasks.test_statement_counts import Statements

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]


@pytest.fixture(autouse=True)
def _nothing_waits() -> None:
    b.policy()
    line().ask(lambda redis: redis.delete(WAITING), 0)


def write(client: APIClient, **more: Any) -> None:
    client.post("/api/v1/tasks/next", {"kinds": ["random"]}, format="json", **more)


def seen(*people: User, address: str = "192.0.2.7", days_ago: int = 0) -> None:
    day = timezone.now().date() - timedelta(days=days_ago)
    digest = digest_of(str(network_of(address)))
    Sighting.objects.bulk_create([Sighting(person=person, digest=digest, day=day) for person in people])


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("127.0.0.1", None),
        ("::1", None),
        ("::ffff:127.0.0.1", None),
        ("unix:", None),
        ("", None),
    ],
)
def test_a_network_is_an_ipv4_address_or_the_first_half_of_an_ipv6_one(address: str, network: str | None) -> None:
    assert network_of(address) == network


def test_who_writes_is_noted_once_a_day_for_each_network_and_the_address_is_not(api_client_for: SignIn) -> None:
    person = b.person()
    client = api_client_for(person)
    for _ in range(2):
        write(client, REMOTE_ADDR="192.0.2.7")
    write(client, REMOTE_ADDR="198.51.100.1")

    write_sightings()
    write_sightings()

    rows = Sighting.objects.filter(person=person)
    assert rows.count() == 2
    assert not any("192.0.2" in row.digest or "198.51.100" in row.digest for row in rows)
    assert {row.day for row in rows} == {timezone.now().date()}


def test_who_only_reads_is_not_noted(api_client_for: SignIn) -> None:
    api_client_for(b.person()).get("/api/v1/me", REMOTE_ADDR="192.0.2.7")

    write_sightings()

    assert not Sighting.objects.exists()


def test_whoever_writes_with_a_token_is_noted_and_nobody_is_for_whom_no_one_is_signed_in() -> None:
    person = b.person()
    _token, key = accounts.make_token(by=person, name="program", scopes=[Scope.WORK], days=1, now=timezone.now())
    write(APIClient(headers={"Authorization": f"Bearer {key}"}), REMOTE_ADDR="192.0.2.7")
    write(APIClient(), REMOTE_ADDR="192.0.2.8")

    write_sightings()

    assert [row.person_id for row in Sighting.objects.all()] == [person.pk]


def test_noting_somebody_asks_the_database_nothing() -> None:
    person = b.person()
    with Statements() as statements:
        for _ in range(3):
            actions.note_sighting(person_id=person.pk, address="192.0.2.9", now=timezone.now())

    assert statements.texts == []


def test_what_came_before_our_own_proxies_is_not_believed(api_client_for: SignIn, settings: Any) -> None:
    client = api_client_for(b.person())
    forwarded = {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 192.0.2.7", "REMOTE_ADDR": "10.0.0.1"}
    write(client, **forwarded)
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    write(client, **forwarded)

    write_sightings()

    found = set(Sighting.objects.values_list("digest", flat=True))
    assert found == {digest_of("10.0.0.1"), digest_of("192.0.2.7")}


def test_rows_are_forgotten_after_thirty_days() -> None:
    old, new = b.person(), b.person()
    seen(old, days_ago=30)
    seen(new, days_ago=29)

    drop_old_sightings()

    assert [row.person_id for row in Sighting.objects.all()] == [new.pk]
    assert actions.drop_old_sightings(now=timezone.now() + timedelta(days=1)) == 1


def test_a_profile_names_whoever_shares_a_network_lately(mo: User) -> None:
    person, other, once = b.person("Pat"), b.person("Other"), b.person("Once")
    for days_ago in (0, 1):
        seen(person, other, days_ago=days_ago)
    seen(person, address="198.51.100.1")
    seen(once, days_ago=30)

    networks = profile_of(person, by=mo, now=timezone.now()).networks

    assert [(network.days, network.public) for network in networks] == [(2, False), (1, False)]
    assert [(found.display_name, found.days) for found in networks[0].people] == [("Other", 2)]
    assert networks[1].people == []


def test_a_network_of_many_people_names_nobody(mo: User) -> None:
    crowd = b.people(MOST_OF_A_NETWORK + 1)
    seen(*crowd)

    (network,) = profile_of(crowd[0], by=mo, now=timezone.now()).networks

    assert (network.people, network.days, network.public) == ([], 1, True)


def test_people_are_told_on_which_days_they_were_seen_and_not_where() -> None:
    person = b.person()
    seen(person)

    rows = all_about(person)["moderation.Sighting"]

    assert isinstance(rows, list)
    assert [row.keys() for row in rows] == [{"id", "day"}]


@pytest.fixture
def mo() -> User:
    cache.clear()
    return b.moderator()
