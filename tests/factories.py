"""Rows for tests. One section per app; the traits say in words what a row is like."""

from typing import Any

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from members.models import User

# --- members ------------------------------------------------------------------------------------


class UserFactory(DjangoModelFactory):
    """Somebody who can log in. `UserFactory(role="redaktor")` works here as an editor."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"kim{n}@exempel.se")
    first_name = "Kim"
    last_name = factory.Sequence(lambda n: f"Lind {n}")

    class Params:
        administrator = factory.Trait(is_superuser=True, is_staff=True)
        has_left = factory.Trait(is_active=False)

    @factory.post_generation
    def role(self, create: bool, extracted: str | None, **kwargs: Any) -> None:
        """The name of a group."""
        if create and extracted:
            self.groups.add(Group.objects.get(name=extracted))
