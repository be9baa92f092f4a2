"""A file of persons: read in any spelling, refused by row number, done in bulk, and undone."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook

from members.models import ImportBatch, Membership, Person
from members.services import importing, tables, undoing
from members.services.mapping import guess
from privacy.models import Consent
from tests.factories import MembershipTypeFactory, PersonFactory

pytestmark = pytest.mark.django_db

MAWIK = (
    "Medlemsnr;Namn;Adress;E-post;Tel;Medlem sedan;Aviserad t.o.m.;Betald t.o.m.;Typ\r\n"
    "501;Åsa Öberg;Gatan 1, 118 20 Stockholm;asa@exempel.se;070-1;2019-03-01;2026;2026-12-31;Ung\r\n"
    ";Ek, Bo;;;;;;;\r\n"
)


def plan(content: bytes) -> importing.Plan:
    table = tables.read(content)
    return importing.plan(table, guess(table))


def carry_out(content: bytes) -> ImportBatch:
    made = plan(content)
    return importing.carry_out(made, file_name="a.csv", digest="x", mapping=[])


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def workbook(*rows: list[Any]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_file_is_read_in_any_spelling(encoding: str, separator: str) -> None:
    text = separator.join(["Förnamn", "", "Efternamn", "Ort"]) + "\n"
    text += separator.join(["Åsa", "", "Öberg", "Växjö"]) + "\n\n"
    (one,) = plan(text.encode(encoding)).new
    assert one.facts == {"first_name": "Åsa", "last_name": "Öberg", "town": "Växjö"}


def test_the_columns_of_mawik_are_known() -> None:
    MembershipTypeFactory(key="ordinarie", name="Ordinarie")
    youth = MembershipTypeFactory(key="ung", name="Ung")
    carry_out(MAWIK.encode("cp1252"))
    asa = Person.objects.get(member_number=501)
    assert (asa.full_name, asa.email, asa.phone) == ("Åsa Öberg", "asa@exempel.se", "070-1")
    assert (asa.street, asa.postcode, asa.town) == ("Gatan 1", "118 20", "Stockholm")
    membership = asa.memberships.get()
    assert (membership.type, membership.year, str(membership.ends_on)) == (
        youth, 2026, "2026-12-31",
    )  # fmt: skip
    bo = Person.objects.get(member_number=None)
    assert (bo.full_name, bo.memberships.count()) == ("Bo Ek", 0)


def test_a_workbook_is_read_with_its_numbers_and_dates() -> None:
    (one,) = plan(workbook(["Nr", "Namn", "Född"], [7.0, "Kim Ek", 1980])).new
    assert one.facts["member_number"] == 7
    assert one.facts["birth_year"] == 1980


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (";Ek;kim@exempel.se;;", "Namnet saknas"),
        ("Kim;Ek;kim exempel.se;;", "E-posten går inte att skriva till: kim exempel.se"),
        ("Kim;Ek;;x7;", "Medlemsnummer är inte ett nummer: x7"),
        ("Kim;Ek;;;nyår", "Betald till och med är inte ett datum: nyår"),
        ("Kim;Ek;;;2026-02-30", "Betald till och med är inte ett datum: 2026-02-30"),
        (f"{'K' * 90};Ek;;;", "För lång text i Förnamn"),
        ("Kim;Ek;;9;", "Samma medlemsnummer som på rad 2"),
    ],
)
def test_a_row_is_refused_by_its_number_with_a_reason(row: str, reason: str) -> None:
    made = plan(csv("Förnamn;Efternamn;E-post;Medlemsnr;Betald t.o.m.", "Bo;Ek;;9;", "", row))
    assert made.refused == [(4, reason)]
    assert len(made.new) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "inga rader"),
        (b"Namn\n", "inga rader"),
        (b"PK\x03\x04 broken", "Excel-filen"),
        (b"Namn\n\0\0", "inte en tabell"),
    ],
)
def test_a_file_that_is_no_table_says_so(content: bytes, words: str) -> None:
    with pytest.raises(tables.Unreadable, match=words):
        tables.read(content)


def test_who_is_known_is_changed_and_not_entered_again() -> None:
    by_number = PersonFactory(first_name="Kim", last_name="Ek", member_number=9, town="Gävle")
    by_mail = PersonFactory(first_name="Bo", last_name="Ek", email="bo@exempel.se", phone="")
    PersonFactory(first_name="Ann", last_name="Al", member_number=12)
    PersonFactory(protected_identity=True, member_number=13)
    made = plan(
        csv(
            "Nr;Namn;E-post;Ort;Telefon",
            "9;Kim Ek;;Umeå;",
            ";Bo Ek;BO@exempel.se;;070",
            "12;Helt Annan;;;",
            "13;Hemlig Hök;;;",
        )
    )
    assert [one.person for one in made.changed] == [by_number, by_mail]
    assert made.refused == [
        (4, "Medlemsnumret finns redan på någon annan"),
        (5, "Personen har skyddade uppgifter. Ändra för hand"),
    ]


def test_reading_the_same_file_again_changes_nothing() -> None:
    MembershipTypeFactory()
    carry_out(MAWIK.encode())
    made = plan(MAWIK.encode())
    # Who has neither number nor mailbox cannot be recognised.
    assert (len(made.new), len(made.changed), len(made.same)) == (1, 0, 1)


def test_the_next_number_is_one_that_no_row_has() -> None:
    carry_out(csv("Nr;Namn", "70001;Kim Ek"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('members_member_number')")
        assert cursor.fetchone()[0] > 70001


def test_ten_thousand_rows_cost_no_more_questions_than_ten() -> None:
    MembershipTypeFactory()
    counts = []
    for number in (10, 3000):
        lines = [f"{n};Kim Nr{n};k{n}@exempel.se;2026" for n in range(number * 10, number * 11)]
        with CaptureQueriesContext(connection) as asked:
            carry_out(csv("Nr;Namn;E-post;Betald t.o.m.", *lines))
        counts.append(len(asked))
    # Each 2000 rows are one more of each kind.
    assert counts[1] - counts[0] <= 6
    assert Person.objects.count() == Membership.objects.count() == 3010


def test_undo_takes_back_and_names_what_was_changed_since() -> None:
    MembershipTypeFactory()
    old = PersonFactory(first_name="Gam", last_name="Mal", member_number=3, town="Gävle")
    batch = carry_out(
        csv("Nr;Namn;Ort;Betald t.o.m.", "3;Gam Mal;Umeå;", "4;Ny Ek;;2026", "5;Rörd Ek;;2026")
    )
    touched = Person.objects.get(member_number=5)
    touched.phone = "070"
    touched.save()
    done = undoing.undo(batch)
    assert (done.removed, done.restored, done.kept) == (1, 1, [touched])
    old.refresh_from_db()
    assert (old.town, "gavle" in old.search) == ("Gävle", True)
    assert set(Person.objects.values_list("member_number", flat=True)) == {3, 5}
    assert Membership.objects.get().person == touched


def test_undo_takes_back_a_membership_of_who_was_there_already() -> None:
    MembershipTypeFactory()
    PersonFactory(first_name="Kim", last_name="Ek", member_number=3)
    batch = carry_out(csv("Nr;Namn;Betald t.o.m.", "3;Kim Ek;2026"))
    assert Membership.objects.count() == 1
    undoing.undo(batch)
    assert (Membership.objects.count(), Person.objects.count()) == (0, 1)


def test_undo_keeps_who_has_got_a_membership_since() -> None:
    kind = MembershipTypeFactory()
    batch = carry_out(csv("Nr;Namn", "5;Kim Ek"))
    kim = Person.objects.get()
    today = timezone.localdate()
    Membership.objects.create(
        person=kim, type=kind, year=today.year, starts_on=today, ends_on=today,
        created_at=timezone.now(),
    )  # fmt: skip
    assert undoing.undo(batch).kept == [kim]


def test_the_commands_try_do_and_undo(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "medlemmar.csv"
    file.write_bytes(csv("Namn;E-post", "Kim Ek;fel"))
    call_command("import_members", str(file), "--dry-run")
    assert "rad 2: E-posten" in capsys.readouterr().out
    file.write_bytes(csv("Namn", "Kim Ek"))
    call_command("import_members", str(file))
    batch = ImportBatch.objects.get()
    assert f"import {batch.pk}" in capsys.readouterr().out
    call_command("undo_import", str(batch.pk))
    assert "borttagna 1" in capsys.readouterr().out
    assert not Person.objects.exists()


def test_every_new_person_has_a_yes_and_an_undone_import_takes_it_back() -> None:
    batch = carry_out(MAWIK.encode())
    yes = Person.objects.get(member_number=501).consent
    assert yes is not None
    assert (yes.channel, timezone.localdate(yes.given_at).isoformat()) == ("office", "2019-03-01")
    assert Person.objects.filter(consent=None).count() == 0
    undoing.undo(batch)
    assert (Person.objects.count(), Consent.objects.count()) == (0, 0)
