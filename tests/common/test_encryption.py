"""Encrypted values: nothing to read without the key, never a token instead of a value, keys that can be changed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.apps.registry import Apps
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from siptenan.common import encryption, key_rotation
from siptenan.common.encryption import EncryptedTextField, LostKey, Sealed, Tampered, decrypt, encrypt
from siptenan.common.key_rotation import Tally

SECRET = "3375014107900000"
OLD = "the-old-key-of-these-tests-0123456789"
NEW = "the-new-key-of-these-tests-0123456789"
OTHER = "a-key-that-somebody-else-has-0123456789"


class TestValue:
    @given(st.text(st.characters(codec="utf-8")))
    def test_comes_back_as_it_was(self, text):
        assert decrypt(encrypt(text)) == text

    def test_is_nowhere_in_its_token_and_never_the_same_token_twice(self):
        tokens = {encrypt(SECRET) for _ in range(3)}
        assert len(tokens) == 3
        assert not any(SECRET in token for token in tokens)
        assert all(encryption.is_token(token) for token in tokens)
        assert not encryption.is_token(SECRET)

    def test_whose_key_is_gone_is_not_read(self, settings):
        token = encrypt(SECRET)
        settings.FIELD_KEYS = [OTHER]
        with pytest.raises(LostKey, match="SIPTENAN_FIELD_KEYS") as caught:
            decrypt(token)
        assert token not in str(caught.value)

    def test_is_read_with_an_older_key(self, settings):
        settings.FIELD_KEYS = [OLD]
        token = encrypt(SECRET)
        settings.FIELD_KEYS = [NEW, OLD]
        assert decrypt(token) == SECRET
        assert not encryption.is_current(token)
        assert encryption.is_current(encrypt(SECRET))

    def test_does_not_depend_on_the_key_of_sessions(self, settings):
        token = encrypt(SECRET)
        settings.SECRET_KEY = OTHER
        assert decrypt(token) == SECRET

    @pytest.mark.parametrize("position", [20, 40, -5])
    def test_that_was_changed_is_not_read(self, position):
        token = encrypt(SECRET)
        changed = "A" if token[position] != "A" else "B"
        with pytest.raises(Tampered):
            decrypt(f"{token[:position]}{changed}{token[position:][1:]}")

    @pytest.mark.parametrize("stored", ["", SECRET, "enc1.", "enc1.00000000.", None, 5, "enc2.00000000.abc"])
    def test_that_is_no_token_is_not_handed_out(self, stored):
        with pytest.raises(Tampered) as caught:
            decrypt(stored)
        assert SECRET not in str(caught.value)


class TestKeys:
    @pytest.mark.parametrize("keys", [[], ["short"], [NEW, "short"], [NEW, NEW]])
    def test_that_protect_nothing_stop_the_start_and_are_not_repeated(self, keys):
        with pytest.raises(ImproperlyConfigured, match="SIPTENAN_FIELD_KEYS") as caught:
            encryption.check_keys(keys)
        assert "short" not in str(caught.value)

    def test_are_in_no_description(self):
        assert OLD not in repr(encryption._keys_of((OLD,)))


class TestDigest:
    def test_finds_equal_values_of_one_purpose(self):
        digest = encryption.lookup_digest("nik", SECRET)
        assert digest == encryption.lookup_digest("nik", SECRET)
        assert digest != encryption.lookup_digest("nik", "3375010107900000")
        assert digest != encryption.lookup_digest("telepon", SECRET)
        assert len(digest) == 64

    def test_says_nothing_without_the_key(self, settings):
        digest = encryption.lookup_digest("nik", SECRET)
        settings.FIELD_KEYS = [OTHER]
        assert encryption.lookup_digest("nik", SECRET) != digest

    def test_finds_what_was_stored_before_the_keys_changed(self, settings):
        settings.FIELD_KEYS = [OLD]
        before = encryption.lookup_digest("nik", SECRET)
        settings.FIELD_KEYS = [NEW, OLD]
        assert before in encryption.lookup_digests("nik", SECRET)
        assert encryption.lookup_digests("nik", SECRET)[0] == encryption.lookup_digest("nik", SECRET)


# --- A table with an encrypted column -------------------------------------------------------------


@pytest.fixture
def people(db, monkeypatch) -> Iterator[type[models.Model]]:
    """A model with an encrypted column and its digest, and its table, for one test."""
    with isolate_apps("siptenan.common", attr_name="registry") as registry:

        class Person(models.Model):
            nik = EncryptedTextField(blank=True, digest_field="nik_digest", purpose="nik")
            note = EncryptedTextField(null=True)
            nik_digest = models.CharField(max_length=64, blank=True)
            name = models.CharField(max_length=20, blank=True)

            class Meta:
                app_label = "common"
                db_table = "test_encryption_person"

            def __str__(self) -> str:
                return self.name

        assert isinstance(registry, Apps)
        monkeypatch.setattr(key_rotation, "apps", registry)
        monkeypatch.setattr(key_rotation, "_registered", {})
        editor = connection.schema_editor()
        editor.deferred_sql = []  # its context manager refuses SQLite within a transaction
        editor.execute(*editor.table_sql(Person))
        yield Person


def stored(column: str = "nik") -> list[str | None]:
    """What is in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM test_encryption_person ORDER BY id")
        return [value for (value,) in cursor.fetchall()]


class TestColumn:
    def test_is_plain_on_the_object_and_a_token_in_the_database(self, people):
        person = people.objects.create(nik=SECRET, note="catatan")
        assert person.nik == SECRET
        read = people.objects.get()
        assert (read.nik, read.note) == (SECRET, "catatan")
        [token] = stored()
        assert encryption.is_token(token)
        assert stored("nik_digest") == [encryption.lookup_digest("nik", SECRET)]

    def test_nothing_stays_nothing(self, people):
        people.objects.create(nik="", note=None)
        read = people.objects.get()
        assert (read.nik, read.note) == ("", None)
        assert (stored(), stored("note"), stored("nik_digest")) == ([""], [None], [""])
        assert people.objects.filter(note__isnull=True).exists()

    def test_is_found_by_its_digest_and_not_by_itself(self, people):
        people.objects.bulk_create([people(nik=SECRET), people(nik="3375010107900000")])
        found = people.objects.get(nik_digest__in=encryption.lookup_digests("nik", SECRET))
        assert found.nik == SECRET
        for lookup in ("nik", "nik__contains", "nik__in"):
            with pytest.raises(FieldError):
                people.objects.filter(**{lookup: [SECRET]}).first()

    def test_an_update_is_encrypted_too(self, people):
        people.objects.create(nik=SECRET)
        people.objects.update(note="baru")
        assert encryption.is_token(stored("note")[0])
        person = people.objects.get()
        person.nik = "3375010107900000"
        person.save()
        assert stored("nik_digest") == [encryption.lookup_digest("nik", "3375010107900000")]

    def test_values_give_no_token_away_as_the_value(self, people):
        people.objects.create(nik=SECRET)
        [found] = people.objects.values_list("nik", flat=True)
        assert isinstance(found, Sealed)
        assert stored()[0] not in f"{found} {found!r}"

    def test_a_lost_key_spoils_only_reading_it(self, people, settings):
        people.objects.create(nik=SECRET, name="Ibu Contoh")
        before = stored()
        settings.FIELD_KEYS = [OTHER]
        person = people.objects.get()
        with pytest.raises(LostKey):
            _ = person.nik
        person.name = "Ibu Lain"
        person.save()
        assert (stored(), stored("name")) == (before, ["Ibu Lain"])
        assert people.objects.all().delete()[0] == 1

    def test_the_digest_must_be_saved_after_it(self):
        with isolate_apps("siptenan.common"):

            class Wrong(models.Model):
                digest = models.CharField(max_length=64)
                nik = EncryptedTextField(digest_field="digest", purpose="nik")

                class Meta:
                    app_label = "common"

                def __str__(self) -> str:
                    return self.digest

            assert [error.id for error in Wrong._meta.get_field("nik").check()] == ["common.E001"]

    def test_survives_a_migration(self):
        field = EncryptedTextField("NIK", digest_field="nik_digest", purpose="nik")
        _, path, args, kwargs = field.deconstruct()
        assert path == "siptenan.common.encryption.EncryptedTextField"
        assert EncryptedTextField(*args, **kwargs).deconstruct()[1:] == (path, args, kwargs)


# --- Changing keys --------------------------------------------------------------------------------


def rotate(*arguments: str) -> str:
    out = StringIO()
    call_command("rotate_field_keys", *arguments, stdout=out)
    return out.getvalue()


class Elsewhere:
    """A holder of tokens outside columns."""

    label = "elsewhere"

    def __init__(self, *tokens: str) -> None:
        self.tokens = list(tokens)

    def rotate(self, *, write: bool) -> Tally:
        tally = Tally()
        renewed = [tally.renew(token) or token for token in self.tokens]
        if write:
            self.tokens = renewed
        return tally


class TestRotation:
    @pytest.fixture
    def rows(self, people, settings):
        """Two of the old key and one of the new, which is the newest now."""
        settings.FIELD_KEYS = [OLD]
        people.objects.create(nik=SECRET, note="satu")
        people.objects.create(nik="", note=None)
        settings.FIELD_KEYS = [NEW, OLD]
        people.objects.create(nik="3375010107900000")
        return people

    def test_check_changes_nothing_and_says_what_is_left(self, rows):
        before = stored() + stored("note")
        with pytest.raises(CommandError, match="2 values"):
            rotate("--check")
        assert stored() + stored("note") == before

    def test_everything_can_be_read_without_the_old_key_afterwards(self, rows, settings):
        said = rotate()
        assert "common.Person.nik: 1 current, 1 renewed, 0 unreadable" in said
        settings.FIELD_KEYS = [NEW]
        assert [person.nik for person in rows.objects.order_by("pk")] == [SECRET, "", "3375010107900000"]
        assert rows.objects.get(nik_digest=encryption.lookup_digest("nik", SECRET)).note == "satu"
        assert "may go" in rotate("--check")

    def test_running_again_changes_nothing(self, rows):
        rotate()
        before = stored()
        assert "0 renewed" in rotate()
        assert stored() == before

    def test_what_cannot_be_read_is_counted_and_left_as_it_is(self, rows, settings):
        settings.FIELD_KEYS = [OTHER, OLD]
        before = stored()
        with pytest.raises(CommandError, match="1 values cannot be decrypted"):
            rotate()
        assert stored()[2] == before[2]
        assert decrypt(stored()[0]) == SECRET
        settings.FIELD_KEYS = [OTHER, NEW]  # the key was found again
        rotate()
        settings.FIELD_KEYS = [OTHER]
        assert decrypt(stored()[2]) == "3375010107900000"

    def test_holders_of_other_tokens_take_part(self, rows, settings):
        settings.FIELD_KEYS = [OLD]
        holder = Elsewhere(encrypt(SECRET))
        settings.FIELD_KEYS = [NEW, OLD]
        key_rotation.register(holder)
        with pytest.raises(ValueError, match="elsewhere"):
            key_rotation.register(type("Another", (Elsewhere,), {})())
        assert "elsewhere: 0 current, 1 renewed" in rotate()
        settings.FIELD_KEYS = [NEW]
        assert decrypt(holder.tokens[0]) == SECRET

    def test_nothing_secret_is_said_or_logged(self, rows, caplog, capsys):
        with caplog.at_level(logging.DEBUG):
            said = rotate()
        everything = said + caplog.text + "".join(capsys.readouterr())
        for secret in (SECRET, "3375010107900000", "satu", OLD, NEW):
            assert secret not in everything
