"""The datasheet: the questions of "Datasheets for Datasets" (Gebru et al., arXiv 1803.09010), in short, answered as far
as the site knows. What it can't know is said to be unknown, so that whoever publishes can add it to the notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from oa.datasets.rules.releases.facts import Facts

Answer = str | Callable[[Facts], str]
Section = tuple[str, tuple[tuple[str, Answer], ...]]

UNKNOWN = "This site does not know. See the notes in README.md for what its operators say."


def datasheet_of(facts: Facts) -> str:
    """DATASHEET.md."""
    return "\n".join(_lines(facts))


def _lines(facts: Facts) -> Iterator[str]:
    yield f"# Datasheet of {facts.heading}\n"
    yield "After Gebru et al., “Datasheets for Datasets”; the questions are shortened.\n"
    for title, questions in SECTIONS:
        yield f"## {title}\n"
        for question, answer in questions:
            yield f"### {question}\n"
            yield f"{answer if isinstance(answer, str) else answer(facts)}\n"


def _counts(facts: Facts) -> str:
    numbers = facts.numbers
    return (
        f"{numbers['trees']:,} conversation trees with {numbers['messages']:,} messages, and "
        f"{sum(numbers['judgements'].values()):,} single judgements of them."
    )


def _left_out(facts: Facts) -> str:
    left = facts.numbers["left_out"]
    rows = [f"- {number:,} trees {reason}" for reason, number in sorted(left["trees"].items()) if number]
    rows += [f"- {number:,} messages {reason}" for reason, number in sorted(left["messages"].items()) if number]
    if left["personal_data"]:
        rows.append(f"- {left['personal_data']:,} messages with personal data, or below one")
    head = "A selection of what is on the site, not a random sample of anything. The filters:\n\n"
    chosen = "\n".join(f"- {sentence}" for sentence in facts.order_in_words)
    return head + chosen + ("\n\nLeft out:\n\n" + "\n".join(rows) if rows else "\n\nNothing was left out.")


def _splits(facts: Facts) -> str:
    told = ", ".join(f"{row['split']} {row['trees']:,} trees" for row in facts.numbers["splits"])
    return (
        f"Yes: {told}. A hash of the tree's id on the site decides, so that a tree is on the same side in every "
        "release with the same shares, and no conversation is on two sides."
    )


def _policy(facts: Facts) -> str:
    told = ", ".join(f"{lang or 'all languages'}: version {version}" for lang, version in _policies(facts))
    return f"By volunteers in a web application. Its rules (policy): {told}."


def _policies(facts: Facts) -> list[tuple[str, object]]:
    return sorted(dict(facts.sources.get("policy", {})).items())


def _time(facts: Facts) -> str:
    first, last = facts.numbers["first_written"], facts.numbers["last_written"]
    if not first:
        return "The messages have no dates."
    return f"The messages were written between {str(first)[:10]} and {str(last)[:10]}."


def _consent(facts: Facts) -> str:
    version = facts.sources.get("terms")
    told = f"the terms of use (now version {version})" if version else "the terms of use"
    return (
        f"Whoever has an account on the site agreed to {told}, which say that messages are published. Nothing by "
        "somebody who has not agreed, or has taken the agreement back, is in a release. Imported messages are under "
        "the licence they came with."
    )


def _revoke(facts: Facts) -> str:
    days = facts.sources.get("embargo_days")
    wait = f" A message is first released {days} days after it was written." if days else ""
    return (
        "Yes, at any time on the site: a single message, or everything. Later releases leave it out and list it for "
        f"users of earlier ones.{wait}"
    )


def _personal(facts: Facts) -> str:
    texts = {
        "block": "A scan for e-mail addresses, telephone numbers, payment cards, bank accounts and keys stops a "
        "release unless a moderator has looked at the message and left it as it is.",
        "leave_out": "Messages in which a scan found e-mail addresses, telephone numbers, payment cards, bank accounts "
        "or keys were left out, unless a moderator had looked at them.",
    }
    return (
        "People are named by pseudonyms made for this release alone. " + texts[facts.order.personal_data.value] + " No "
        "scan finds everything: texts may still tell of people, of those who wrote them among others."
    )


def _errors(facts: Facts) -> str:
    return (
        "Judgements are opinions of volunteers and disagree; each is there by itself where the release has the form "
        "“judgements”. Machine scores of toxicity are wrong at times. "
        f"{facts.numbers['synthetic']:,} messages were written by models and say so."
    )


def _size(facts: Facts) -> str:
    langs = ", ".join(f"{row['lang']} {row['messages']:,}" for row in facts.numbers["by_lang"])
    return f"Languages, by messages: {langs}. Nothing is asked about age, sex, origin or other traits of people."


SECTIONS: tuple[Section, ...] = (
    ("Motivation", (
        ("For what purpose was it made?", "To train and to study assistants that converse: demonstrations of good "
         "answers, people's preferences between answers, and their judgements of messages."),
        ("Who made it, on whose behalf?", lambda facts: f"Volunteers on <{facts.site}>, and those who run that site."),
        ("Who paid for it?", UNKNOWN),
        ("Anything else?", lambda facts: facts.notes or "No."),
    )),
    ("Composition", (
        ("What do the instances stand for?", "Messages of conversations between a person (“prompter”) and an "
         "assistant. Several people may have replied to one message, so that conversations are trees. Most assistants' "
         "messages were written by people too."),
        ("How many are there?", _counts),
        ("Is it everything, or a sample?", _left_out),
        ("What is an instance made of?", "The text as it was written, language, role, date, the pseudonym of its "
         "author, what reviewers decided, means of their labels, rank among its siblings, reactions, and scores of "
         "toxicity by a machine; which of these depends on the form."),
        ("Is there a label or target?", "Ranks and preferences between replies, labels of reviewers (quality, toxicity "
         "and others between 0 and 1), and whether a message was accepted."),
        ("Is information missing?", "Labels are missing where a short form of review was used, ranks where a message "
         "has fewer than two replies, scores where no machine has scored the text yet."),
        ("Are relations between instances told?", "Yes: every reply names the message it replies to and its tree."),
        ("Are there recommended splits?", _splits),
        ("Are there errors, noise, redundancies?", _errors),
        ("Does it stand for itself?", "Yes. Nothing outside of it is needed."),
        ("Does it hold anything confidential?", "Nothing that was told in confidence to the site. What people put into "
         "messages themselves can't be ruled out; see below."),
        ("Might it offend or frighten?", "Yes. Reviewers and moderators remove much, but prompts may be rude, and some "
         "are toxic on purpose. Labels and scores help to filter."),
        ("Does it tell of subpopulations?", _size),
        ("Can people be identified?", _personal),
        ("Is anything sensitive in it?", "Texts may tell of opinions, beliefs, health or other sensitive matters, when "
         "authors chose to write of them."),
        ("Anything else?", "No."),
    )),
    ("Collection", (
        ("How was it acquired?", "Written for this purpose by volunteers, and judged by other volunteers; some "
         "messages may be imported from other data sets and say so by their origin on the site."),
        ("By which procedures?", _policy),
        ("If it is a sample, how was it drawn?", "By the filters above. Which accepted prompts were grown into trees "
         "was decided by a lottery in each language."),
        ("Who took part, and how were they paid?", lambda facts: f"{facts.numbers['people']:,} volunteers wrote what "
         "is in it, unpaid."),
        ("Over what time?", _time),
        ("Was there an ethical review?", UNKNOWN),
        ("Was it collected from the people themselves?", "Yes, in the web application; imports excepted."),
        ("Were they told?", "Yes: the terms of use say it, and the pages on which people write."),
        ("Did they consent?", _consent),
        ("Can consent be revoked?", _revoke),
        ("Was the effect on them analysed?", UNKNOWN),
        ("Anything else?", "No."),
    )),
    ("Preprocessing", (
        ("Was it cleaned or labelled?", "Texts are as they were written. Reviewers labelled every message; rejected "
         "and deleted messages are left out unless the filters say otherwise. Ranks are closed up where a reply "
         "is missing."),
        ("Is the raw data kept?", "On the site, for those who run it. Single judgements are published in the form "
         "“judgements”, if the release has it."),
        ("Is the software available?", lambda facts: "It was made with version "
         f"{facts.sources.get('program', 'unknown')} of the program that runs the site, which is free software "
         "(Apache 2.0)."),
        ("Anything else?", "No."),
    )),
    ("Uses", (
        ("What was it used for?", UNKNOWN),
        ("Is there a list of works that use it?", UNKNOWN),
        ("For what else could it be used?", "Research on how people judge texts, on disagreement, and on toxicity in "
         "many languages."),
        ("What may go wrong in later uses?", "Volunteers are not a sample of mankind: their languages, views and jokes "
         "are over-represented. Dates, facts and links in texts grow old. Models trained on it repeat its errors."),
        ("What should it not be used for?", "To find out who its authors are, to judge persons, or to train models "
         "that harass people."),
        ("Anything else?", "No."),
    )),
    ("Distribution", (
        ("Is it given to others?", lambda facts: f"Yes, to everybody, at <{facts.page}>."),
        ("How?", lambda facts: f"As files: {facts.total_bytes:,} bytes of data, each file with its SHA-256."),
        ("Since when?", lambda facts: f"A picture of {facts.taken_at[:10]}; its page says when it was published."),
        ("Under which licence?", lambda facts: f"[{facts.licence_facts.title}]({facts.licence_facts.url})."),
        ("Do others have rights in it?", "Authors keep theirs. Imported messages came under the licences of their "
         "sources."),
        ("Are there export controls or the like?", "None that the site knows of."),
        ("Anything else?", "No."),
    )),
    ("Maintenance", (
        ("Who looks after it?", lambda facts: f"Those who run <{facts.site}>."),
        ("How can they be reached?", lambda facts: f"Through <{facts.site}>."),
        ("Is there an erratum?", lambda facts: f"Its page <{facts.page}> says if it was recalled, and why; the newest "
         "list of messages taken back is there too."),
        ("Will it be updated?", "It is never changed. New releases take its place and say what is other."),
        ("Are there limits on how long it is kept?", "None for what its authors leave in it. What they take back "
         "should be dropped by everybody; the lists of later releases say what."),
        ("Are older versions kept?", lambda facts: "Yes, unless recalled." + (
            f" Before this one: {', '.join(facts.older)}." if facts.older else " This is the first.")),
        ("Can others extend it?", "By writing and judging on the site."),
        ("Anything else?", "No."),
    )),
)  # fmt: skip
