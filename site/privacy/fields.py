"""Encrypted columns: MultiFernet with the keys of settings.FIELD_KEYS, newest first.

A value is written with the first key and read with any of them, so a key is rotated by putting a
new one first and running `manage.py rotate_keys`. A value that no key opens raises
`CannotDecrypt`: showing ciphertext or an empty field would hide that data is lost.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class CannotDecrypt(Exception):
    """None of the keys in FIELD_KEYS opens a stored value."""


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    return _fernet(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    try:
        return _fernet(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise CannotDecrypt("no key in FIELD_KEYS opens this value") from error


class EncryptedTextField(models.TextField):
    """Text that is unreadable in the database and in its dumps. Cannot be searched or sorted."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value) if value else value


class EncryptedJSONField(models.TextField):
    """A small JSON value, encrypted like EncryptedTextField."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return json.loads(decrypt(value)) if value else None

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else encrypt(json.dumps(value))


def encrypted_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    kinds = (EncryptedTextField, EncryptedJSONField)
    return [field for field in model._meta.concrete_fields if isinstance(field, kinds)]
