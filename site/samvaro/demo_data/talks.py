"""Talks, and World Bipolar Day."""

from samvaro.demo_data.shapes import Activity, Guests
from samvaro.demo_data.surroundings import HOUSE, HOUSE_AND_ONLINE, ONLINE, TALK
from samvaro.demo_data.timing import THURSDAY, TUESDAY, WEDNESDAY, BipolarDay, When

TALKS = [
    Activity(
        slug="forelasning-tidiga-tecken",
        when=When(WEDNESDAY, "18.00-19.30", week=-3),
        title="Föreläsning: tidiga tecken och krisplan",
        neutral_title="Föreläsning",
        kind="lecture",
        summary="Hur märker man att det är på väg att gå för högt eller för lågt?",
        how_it_goes="Föreläsningen är 40 minuter.\nVi fikar.\nDu kan ställa frågor.",
        facts={**HOUSE_AND_ONLINE, **TALK, "host": "Anna har på sig en grön bricka."},
        guests=Guests(placed=31, new=5, cancelled=3, by_phone=2),
    ),
    Activity(
        slug="forelasning-somn",
        when=When(WEDNESDAY, "18.00-19.30", week=1),
        title="Föreläsning: sömn och dygnsrytm",
        neutral_title="Föreläsning",
        kind="lecture",
        summary="Varför sömnen ändras när vi mår dåligt, och vad man kan prova själv.",
        how_it_goes="""
            Föreläsningen är 40 minuter. Du kan lyssna hemifrån.
            Vi fikar en kvart.
            Du kan ställa frågor, högt eller på lapp.
        """,
        body="<p>En föreläsare som arbetar med sömn berättar. Du får en sida med det viktigaste "
        "att ta med hem. Föreläsningen ersätter inte råd från din läkare.</p>",
        facts={
            **HOUSE_AND_ONLINE,
            **TALK,
            "capacity": 60,
            "host": "Anna har på sig en grön bricka.",
        },
        guests=Guests(placed=21, new=6, cancelled=2, by_phone=2),
    ),
    Activity(
        slug="forelasning-tillbaka-till-jobbet",
        when=When(TUESDAY, "12.00-13.00", week=4),
        title="Tillbaka till jobbet, i lagom takt",
        neutral_title="Lunchföreläsning",
        kind="lecture",
        summary="Vad kan chefen göra, och vad kan du själv be om? En timme på lunchen.",
        how_it_goes="""
            Du trycker på länken i mejlet.
            Två av oss berättar hur vi gjorde, och vad vi ångrar.
            Du kan skriva frågor. Ingen ser ditt namn om du inte vill.
        """,
        facts={
            **ONLINE,
            "audience": "Du som är eller har varit sjukskriven, och du som är chef",
            "people": "Ungefär 20–30 bakom varsin skärm",
            "pause": "Ingen. Det är bara en timme",
            "energy": "little",
            "host": "Robin öppnar rummet fem minuter innan.",
        },
        guests=Guests(placed=9, new=4),
    ),
    Activity(
        slug="forelasning-aterhamtning",
        when=When(THURSDAY, "18.00-19.30", week=2),
        is_cancelled=True,
        title="Föreläsning: vila som fungerar",
        neutral_title="Föreläsning",
        kind="lecture",
        summary="Om olika sorters vila, och varför soffan inte alltid räcker.",
        how_it_goes="Föreläsningen är 40 minuter.\nVi fikar.\nDu kan ställa frågor.",
        facts={**HOUSE, **TALK, "capacity": 40, "host": "Anna har på sig en grön bricka."},
        guests=Guests(placed=6, new=1),
    ),
    Activity(
        slug="world-bipolar-day",
        when=BipolarDay(),
        title="World Bipolar Day",
        neutral_title="Temadag",
        kind="other",
        summary="Korta berättelser, musik och fika. Kom hit eller följ med hemifrån.",
        how_it_goes="""
            Vi fikar och minglar. Det finns ett tyst rum.
            Tre personer berättar, tio minuter var, med paus emellan.
            Vi avslutar med musik.
        """,
        facts={
            **HOUSE_AND_ONLINE,
            **TALK,
            "capacity": 80,
            "people": "Upp till 80, de flesta hemifrån",
            "host": "Vi är många med gröna brickor. Fråga vem som helst.",
        },
        guests=Guests(placed=12, new=3),
    ),
]
