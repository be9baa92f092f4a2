"""How somebody pays for a place: at once, since the place is held for a while only."""

from typing import Any

from members.forms.joining import PayForm
from payments.services.ways import Way


class PlacePayForm(PayForm):
    """Card and Swish. An invoice takes longer than a place can be held."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ways = [way for way in self.ways if way != Way.INVOICE]
        field: Any = self.fields["method"]
        open_ways = {way.value for way in self.ways}
        field.choices = [choice for choice in field.choices if choice[0] in open_ways]
        if len(self.ways) == 1:
            self.initial.setdefault("method", self.ways[0].value)
