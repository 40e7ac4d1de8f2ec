"""The light checks: what they say of a text before it is handed in, and what is kept of it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from oa.core.errors import Invalid
from oa.core.verbs import verb
from oa.screening.actions.due import claim, claim_again, done, give_back
from oa.screening.actions.language import language_name, likeliest_languages
from oa.screening.actions.likeness import Print, twins_of
from oa.screening.models import Due, Opinion
from oa.screening.rules import (
    FAILURES,
    Check,
    Guess,
    Remark,
    Twin,
    Waiting,
    age_of,
    find_personal_data,
    guess_language,
    is_other,
    on_language,
    on_personal_data,
    on_twin,
    reviewer_on_language,
    reviewer_on_personal_data,
    reviewer_on_twin,
)
from oa.trees.models import Message, PolicyVersion
from oa.trees.rules import Policy

AT_ONCE = 100
# A round ends then, so that other jobs have their turn; the next one goes on.
ROUND = timedelta(seconds=5)
_KEPT = ("version", "language", "language_sure", "personal_data", "digest", "bands", "twin", "likeness", "read_at")


def policy_for(langs: Iterable[str]) -> Callable[[str], Policy]:
    """The policy in force for each of these languages, in one statement."""
    versions = PolicyVersion.objects.current().filter(lang__in=["", *langs])
    newest = {lang: Policy.of(values) for lang, values in versions.values_list("lang", "values")}
    usual = newest.get("", Policy())
    return lambda lang: newest.get(lang, usual)


def handling_of(policy: Policy) -> dict[str, str]:
    """What is done about each kind of personal data, but for what is not looked for."""
    prefix = "personal_data_"
    values = {name.removeprefix(prefix): value for name, value in policy.as_values().items() if name.startswith(prefix)}
    return {kind: str(value) for kind, value in values.items() if value != "off"}


# --- before it is handed in -------------------------------------------------------------------------------------------


def remarks_on(*, text: str, lang: str, is_prompt: bool) -> list[Remark]:
    """What somebody who writes should know of their text before they hand it in. Nothing is kept."""
    policy = policy_for([lang])(lang)
    text = text[: policy.message_size_limit]
    remarks: list[Remark] = []
    if policy.check_language:
        found = guess_language(text, declared=lang, guesser=likeliest_languages).language
        if is_other(lang, found):
            remarks.append(on_language(language_name(found), language_name(lang)))
    if policy.check_duplicates and is_prompt:
        twins = twins_of(Print(text), lang=lang, least=policy.duplicate_likeness, shown=True)
        remarks += [on_twin(twin) for twin in twins[:1]]
    handling = handling_of(policy)
    return remarks + on_personal_data(find_personal_data(text, kinds=handling, lang=lang), handling)


def refuse_personal_data(text: str, *, lang: str, policy: Policy) -> None:
    """Invalid for a text with something in it that the policy says to block; nothing else is looked for."""
    blocked = {kind: handling for kind, handling in handling_of(policy).items() if handling == "block"}
    # What is too long is refused for that, and not read to its end first.
    if not blocked or len(text) > policy.message_size_limit:
        return
    remarks = on_personal_data(find_personal_data(text, kinds=blocked, lang=lang), blocked)
    if remarks:
        raise Invalid(
            "personal_data_blocked",
            " ".join(remark.text for remark in remarks),
            remedy=" ".join([*dict.fromkeys(remark.remedy for remark in remarks), _("Your draft is kept.")]),
            spans=[
                {"kind": remark.kind, "start": start, "end": end} for remark in remarks for start, end in remark.spans
            ],
        )


# --- what is kept -----------------------------------------------------------------------------------------------------


def read_waiting(*, clock: Callable[[], datetime], at_once: int = AT_ONCE) -> int:
    """Read the texts that wait; returns how many. May be stopped anywhere and run again."""
    end, read = clock() + ROUND, 0
    while items := claim(kind=Check.LIGHT, most=at_once, now=clock()):
        read += _read(items, now=clock())
        if clock() >= end:
            return read
    while (item := claim_again(kind=Check.LIGHT, now=clock())) and clock() < end:
        read += _read([item], now=clock())
    return read


def _read(items: Sequence[Waiting], *, now: datetime) -> int:
    policies = policy_for({item.lang for item in items})
    opinions: dict[UUID, Opinion] = {}
    readable = []
    for item in items:
        try:
            opinions[item.message_id] = _opinion_of(item, policies(item.lang), now=now)
        except FAILURES as error:
            give_back(item, error=error, now=now)
        else:
            readable.append(item)
    return keep_opinions(items=readable, opinions=opinions, policies=policies)


def _opinion_of(item: Waiting, policy: Policy, *, now: datetime) -> Opinion:
    guess, handling = Guess(), handling_of(policy)
    if policy.check_language:
        guess = guess_language(item.text, declared=item.lang, guesser=likeliest_languages)
    found = find_personal_data(item.text, kinds=handling, lang=item.lang)
    return Opinion(
        message_id=item.message_id, version=item.version, language=guess.language, language_sure=guess.sure,
        personal_data=[{**finding._asdict(), "level": handling[finding.kind]} for finding in found], read_at=now,
    )  # fmt: skip


@verb
def keep_opinions(
    *, items: Sequence[Waiting], opinions: Mapping[UUID, Opinion], policies: Callable[[str], Policy]
) -> int:
    """Keep what was found of texts that still are what was read; returns how many."""
    ours = {item.message_id: item for item in done(items)}
    prompts = Message.objects.live().filter(pk__in=ours, depth=0).order_by("created_date", "id")
    compared = [prompt for prompt in prompts if policies(prompt.lang).check_duplicates]
    if compared:
        _take_turns()
    for prompt in compared:
        opinion = opinions[prompt.pk]
        _compare(opinion, ours[prompt.pk], prompt, least=policies(prompt.lang).duplicate_likeness)
        _keep([opinion])
    _keep([opinions[pk] for pk in ours if pk not in {prompt.pk for prompt in compared}])
    return len(ours)


def _keep(opinions: Sequence[Opinion]) -> None:
    Opinion.objects.bulk_create(opinions, update_conflicts=True, unique_fields=["message"], update_fields=_KEPT)


def _take_turns() -> None:
    """Of two prompts alike that two workers read at the same moment, the second must see the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('oa.screening.likeness'))")


def _compare(opinion: Opinion, item: Waiting, prompt: Message, *, least: float) -> None:
    """Find the earliest prompt very like this one. Later ones that have none yet get this one: texts are read in any
    order. So each has an earlier one, though not always the earliest."""
    print_ = Print(item.text)
    twins = twins_of(print_, lang=prompt.lang, least=least, but=prompt.pk)
    own = age_of(prompt.created_date, prompt.pk)
    earlier = [twin for twin in twins if twin.age < own]
    # With the same words as another that has bands, it is found by these words: bands would only be more of the same.
    opinion.digest = print_.digest
    opinion.bands = [] if any(twin.likeness >= 1 for twin in twins) else print_.bands
    if earlier:
        opinion.twin_id, opinion.likeness = earlier[0].message_id, round(earlier[0].likeness, 4)
    for twin in twins[len(earlier) :]:
        Opinion.objects.filter(pk=twin.message_id, twin=None).update(twin=prompt.pk, likeness=round(twin.likeness, 4))
    if item.version > 1:
        _read_again_what_was_like(prompt, twins)


def _read_again_what_was_like(prompt: Message, twins: Iterable[Twin]) -> None:
    """What had the old words of a prompt for its twin is read again: it may have another, or none.

    But for what waits already: a worker may have it in hand, and we'd wait for that one while it waits for its turn.
    """
    stale = Opinion.objects.filter(twin=prompt.pk).exclude(message__in=[twin.message_id for twin in twins])
    stale = stale.exclude(message__in=Due.objects.filter(kind=Check.LIGHT).values("message"))
    rows = stale.values_list("message_id", "message__version").iterator()
    Due.objects.bulk_create(
        (Due(message_id=pk, kind=Check.LIGHT, version=version) for pk, version in rows),
        batch_size=1000, ignore_conflicts=True,
    )  # fmt: skip


# --- for whoever reviews ----------------------------------------------------------------------------------------------


def remarks_for_reviewers(message: Message) -> list[Remark]:
    """What the checks have found in a message, without another statement if its opinion was read along with it."""
    opinion: Opinion | None = getattr(message, "opinion", None)
    if opinion is None or opinion.version != message.version:
        return []
    remarks = []
    if is_other(message.lang, opinion.language):
        remarks.append(reviewer_on_language(language_name(opinion.language), language_name(message.lang)))
    if opinion.twin_id is not None:
        remarks.append(reviewer_on_twin(opinion.likeness or 0.0))
    told = dict.fromkeys(found["kind"] for found in opinion.personal_data if found["level"] != "log")
    return remarks + [reviewer_on_personal_data(kind) for kind in told]
