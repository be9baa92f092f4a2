"""The numbers of the crisis page. Those that nobody has checked are kept, and not shown."""

from dataclasses import dataclass

# Who looked at the numbers in the demo, and how many days ago.
CHECKED_BY = "Kansliet"
CHECKED_DAYS_AGO = 5


@dataclass(frozen=True)
class Line:
    name: str
    number: str
    question: str
    source: str
    hours: str = ""
    before: str = ""
    after: str = ""
    chat_url: str = ""
    who_for: str = ""
    name_is_shown: bool = False
    in_short_list: bool = False
    is_shown: bool = True

    @property
    def dial(self) -> str:
        return "".join(sign for sign in self.number if sign.isdigit())


LINES = [
    Line(
        name="SOS Alarm",
        number="112",
        question="danger",
        source="sosalarm.se",
        who_for="Alla",
        in_short_list=True,
    ),
    Line(
        name="Psykiatriska akuten, S:t Göran",
        number="08-123 492 00",
        question="danger",
        source="Norra Stockholms psykiatri",
        before="Du kan också åka till psykiatriska akuten på S:t Göran. Den är öppen dygnet runt.",
        who_for="Vuxna i Stockholms län",
    ),
    Line(
        name="Självmordslinjen",
        number="90101",
        question="thoughts",
        source="mind.se",
        name_is_shown=True,
        hours="Öppet dygnet runt.",
        after="Du får vara anonym.",
        chat_url="https://mind.se/",
        who_for="Alla",
        in_short_list=True,
    ),
    Line(
        name="Hjälplinjen",
        number="90 390",
        question="thoughts",
        source="Region Stockholm",
        before="Är det upptaget?",
        name_is_shown=True,
        hours="Öppet dygnet runt.",
        after="De som svarar är utbildade.",
        who_for="Från 18 år",
    ),
    Line(
        name="1177",
        number="1177",
        question="care",
        source="1177.se",
        hours="Öppet dygnet runt.",
        who_for="Alla",
        in_short_list=True,
    ),
    Line(
        name="Jourhavande medmänniska",
        number="08-702 16 80",
        question="night",
        source="jourhavande-medmanniska.se",
        name_is_shown=True,
        hours="Öppet klockan 21 till 06.",
        who_for="Alla",
    ),
    Line(
        name="Anhöriglinjen",
        number="0200-239 500",
        question="worried",
        source="anhorigasriksforbund.se",
        name_is_shown=True,
        is_shown=False,
        hours="Öppet några timmar de flesta dagar.",
        who_for="Anhöriga",
    ),
    Line(
        name="SPES",
        number="020-18 18 00",
        question="worried",
        source="spes.se",
        name_is_shown=True,
        is_shown=False,
        hours="Öppet klockan 19 till 22.",
        who_for="Efterlevande",
    ),
    Line(
        name="Äldrelinjen",
        number="020-22 22 33",
        question="night",
        source="mind.se",
        name_is_shown=True,
        is_shown=False,
        who_for="Från 65 år",
    ),
    Line(
        name="Bris",
        number="116 111",
        question="thoughts",
        source="bris.se",
        name_is_shown=True,
        is_shown=False,
        who_for="Under 18 år",
    ),
    Line(
        name="Kvinnofridslinjen",
        number="020-50 50 50",
        question="danger",
        source="kvinnofridslinjen.se",
        name_is_shown=True,
        is_shown=False,
        hours="Öppet dygnet runt.",
        who_for="Den som utsätts för våld",
    ),
]
