"""Personal data in texts: what is found, where, and what is not taken for it."""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time

import pytest

from oa.screening.rules import DATA_KINDS, find_personal_data
from oa.screening.rules.personal_data import MOST_FINDINGS, is_iban, is_luhn
from tests.datasets.files import MIX, OASST1, OASST2, Row, real, rows_in

GITHUB = "ghp_0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----"


def found(text: str, lang: str = "en", kinds: tuple[str, ...] = DATA_KINDS) -> list[tuple[str, str]]:
    return [(each.kind, text[each.start : each.end]) for each in find_personal_data(text, kinds=kinds, lang=lang)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Write to alice.b+c@mail.net.", "alice.b+c@mail.net"),
        ("<alice@mail.co.uk>", "alice@mail.co.uk"),
        ("mailto:alice@mail.net?subject=x", "alice@mail.net"),
        ("josé@correo.es", "josé@correo.es"),
        ("иван@почта.рф", "иван@почта.рф"),
        ("邮箱是zhang@qq.com谢谢", "zhang@qq.com"),
        ("🙂🙂 alice@mail.net", "alice@mail.net"),
    ],
)
def test_email(text: str, address: str) -> None:
    assert found(text) == [("email", address)]


@pytest.mark.parametrize(
    "text",
    ["name@example.org", "a@mail.example.com", "you@yourdomain.com", "a@b.test", "logo@2x.png",
     "git@github.com:a/b.git", "@alice", "a@b", "user@localhost", "x = a@b.T", "package@1.2.3"],
)  # fmt: skip
def test_no_email(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("lang", "number"),
    [
        ("en", "(650) 253-0000"), ("en", "650-253-0000"), ("en", "650 253 0000"), ("en", "020 7946 0958"),
        ("en", "07400 123456"), ("en", "+49 30 901820"), ("ja", "+16502530000"), ("xx", "+7 912 345-67-89"),
        ("de", "030 901820"), ("de", "030/901820"), ("de", "01711234567"), ("de", "0049 30 901820"),
        ("de", "+49 (0)30 901820"), ("fr", "06 12 34 56 78"), ("fr", "06.12.34.56.78"), ("fr", "0612345678"),
        ("es", "612 34 56 78"), ("pt-BR", "(11) 96123-4567"), ("zh", "13800138000"), ("zh", "010-62552000"),
        ("ja", "090-1234-5678"), ("ko", "010-1234-5678"), ("ru", "8 (912) 345-67-89"), ("ru", "89123456789"),
        ("ar", "٠١٠١٢٣٤٥٦٧٨"), ("de-AT", "0664 1234567"),
    ],
)  # fmt: skip
def test_telephone(lang: str, number: str) -> None:
    assert found(f"Call {number}, please.", lang) == [("phone", number)]
    assert found(f"電話{number}是", lang) == [("phone", number)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "in 1998-2004 and 2010 - 2020"), ("en", "2023-01-02 12:30:45"), ("de", "01.02.2023 - 05.03.2024"),
        ("en", "$1,000,000.00"), ("en", "3.14159265358979"), ("en", "31415926535"), ("en", "ISBN 978-3-16-148410-0"),
        ("en", "192.168.100.200"), ("en", "x = 6502530000"), ("en", "1700000000"), ("fr", "1 000 000 000"),
        ("de", "0123456789"), ("en", "0 1 2 3 4 5 6 7 8 9"), ("de", "1600 1650 1700"), ("en", "50 100 150 200"),
        ("en", "f(10) 20 30 40"), ("de", "2020/2021/2022"), ("en", "550e8400-e29b-41d4-a716-446655440000"),
        ("en", "1-800-555-0199"), ("en", "0800 123 4567"), ("de", "-0171 1234567"), ("en", "030 901820"),
        ("en", "12 + 34 - 56 * 78 = 90"), ("en", "0x6502530000"), ("en", "1024 2048 4096 8192"),
    ],
)  # fmt: skip
def test_no_telephone(lang: str, text: str) -> None:
    assert found(text, lang) == []


@pytest.mark.parametrize(
    "number",
    ["4111 1111 1111 1111", "4111111111111111", "5555-5555-5555-4444", "378282246310005", "3782 822463 10005",
     "6011 1111 1111 1117", "30569309025904", "3530111333300000", "6240 0086 3140 1148"],
)  # fmt: skip
def test_payment_card(number: str) -> None:
    assert found(f"Pay with {number}.") == [("card", number)]
    assert found(f"{number} 12/27 123") == [("card", number)]


@pytest.mark.parametrize(
    "text",
    ["4111 1111 1111 1112", "1234 5678 9012 3452", "0000 0000 0000 0000", "4111.1111.1111.1111", "x4111111111111111",
     "41111111111111111111111", "3.4111111111111111", "2 4 6 8 1 0 1 2 1 4 1 6 1 8 2 0"],
)  # fmt: skip
def test_no_payment_card(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "number",
    ["DE89 3704 0044 0532 0130 00", "DE89370400440532013000", "GB82WEST12345698765432", "NL91 ABNA 0417 1643 00",
     "FR14 2004 1010 0505 0001 3M02 606", "gb82 west 1234 5698 7654 32", "NO93 8601 1117 947"],
)  # fmt: skip
def test_bank_account(number: str) -> None:
    assert found(f"Pay to {number} today.") == [("iban", number)]


@pytest.mark.parametrize(
    "text",
    ["DE88 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130", "XX89370400440532013000", "DE89370400440532013000X",
     "aDE89370400440532013000"],
)  # fmt: skip
def test_no_bank_account(text: str) -> None:
    assert found(text, kinds=("iban",)) == []


def test_checksums() -> None:
    assert is_luhn("79927398713")
    assert not any(is_luhn(f"7992739871{digit}") for digit in "012456789")
    assert is_iban("DE89370400440532013000")
    assert not any(is_iban(f"DE{check:02}370400440532013000") for check in range(2, 99) if check != 89)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
        (f"token {GITHUB}!", GITHUB),
        ("sk-proj-a1B2c3D4e5F6g7H8i9J0k1L2", "sk-proj-a1B2c3D4e5F6g7H8i9J0k1L2"),
        ("xoxb-123456789012-abcdefghijkl", "xoxb-123456789012-abcdefghijkl"),
        ("AIza" + "SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q", "AIza" + "SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q"),
        (f"Authorization: Bearer {JWT}", JWT),
        (f"Look:\n{PEM}\nand so on", PEM),
        ("password: hunter2!x9", "hunter2!x9"),
        ('"password": "S3cr3tPw1"', "S3cr3tPw1"),
        ("DB_PASSWORD=hunter2hunter", "hunter2hunter"),
        ("my password is Tr0ub4dor&3.", "Tr0ub4dor&3."),
        ("postgres://me:s3cretpw9@db.mail.net/x", "s3cretpw9"),
    ],
)
def test_key(text: str, secret: str) -> None:
    assert found(text, kinds=("key",)) == [("key", secret)]


@pytest.mark.parametrize(
    "text",
    ["sk-learn and sk-image-processing-for-all are packages", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
     "password = input('Your password1: ')", "password = os.environ['DB_PASS_1']", "PASSWORD=your_password_1",
     "the password is secret", "api_key = get_key1(name)", "password: ********1a", "https://example.org:8080/a@b1",
     "-----BEGIN PUBLIC KEY-----", "-----BEGIN CERTIFICATE-----", "eyJ.eyJ.x"],
)  # fmt: skip
def test_no_key(text: str) -> None:
    assert found(text) == []


def test_only_the_kinds_asked_for_are_looked_for() -> None:
    text = "alice@mail.net +49 30 901820 4111 1111 1111 1111"
    assert found(text, kinds=("card",)) == [("card", "4111 1111 1111 1111")]
    assert found(text, kinds=()) == []


def test_nothing_is_found_twice() -> None:
    text = f"password={GITHUB} postgres://me:s3cretpw9@db.mail.net 4111 1111 1111 1111"
    places = [(each.start, each.end) for each in find_personal_data(text, kinds=DATA_KINDS, lang="en")]
    assert places == sorted(places)
    assert all(end <= start for (_start, end), (start, _end) in zip(places, places[1:], strict=False))


def test_a_long_list_is_told_up_to_a_number() -> None:
    assert len(found("alice@mail.net " * 500)) == MOST_FINDINGS


# --- growth -----------------------------------------------------------------------------------------------------------

HOSTILE = (
    "@", "a", "1", "1 ", "1-", "+1 ", "(1)", "a@", "a@b.", "DE89", "DE89 ", "eyJ", "eyJaaaaaaaaaaaa.",
    "-----BEGIN PRIVATE KEY-----", "password=", "password: ", "://a:", "1.", "1:", "4111 1111 1111 1112 ",
    "030 1234567 ", "+49 30 1234567, ", "sk-", "xoxb-", "deadbeef01", "a_", "12345678:AA", "ya29.", "é", "漢", "٣",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_texts_take_time_in_proportion_to_their_length(piece: str) -> None:
    short, long = (_seconds((piece * length)[:length]) for length in (10_000, 80_000))
    # Eight times the text: quadratic work would take 64 times as long.
    assert long < 24 * short + 0.05


def _seconds(text: str) -> float:
    return min(_once(text) for _ in range(3))


def _once(text: str) -> float:
    start = process_time()
    find_personal_data(text, kinds=DATA_KINDS, lang="de")
    return process_time() - start


# --- real messages ----------------------------------------------------------------------------------------------------


def messages_below(message: Row) -> Iterator[Row]:
    yield message
    for reply in message["replies"]:
        yield from messages_below(reply)


def test_on_real_messages_nothing_is_taken_for_personal_data_that_is_none() -> None:
    """Of 2,566 real texts two have personal data in them: both are addresses, as was seen by hand."""
    messages = [
        message for name in (OASST2, MIX) for row in rows_in(real(name)) for message in messages_below(row["prompt"])
    ]
    messages += rows_in(real(OASST1))
    texts = {(message.get("lang", "en"), message["text"]) for message in messages if message.get("text")}

    hits = [kind for lang, text in texts for kind, _data in found(text, lang)]

    assert len(texts) == 2566
    assert hits == ["email", "email"]
