"""Open meetings: cafés, walks, outings, culture, the workshop and yoga."""

from samvaro.demo_data.shapes import Activity, Guests
from samvaro.demo_data.surroundings import ABROAD, CAFE, CREATIVE, HOUSE, WALK, YOGA
from samvaro.demo_data.timing import (
    FRIDAY,
    MONDAY,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    When,
)

OPEN_MEETINGS = [
    Activity(
        slug="balanscafe-tisdag",
        when=When(TUESDAY, "17.00-19.00", week=-5, times=15),
        title="Balanscafé",
        neutral_title="Café",
        kind="cafe",
        summary="Kom in, ta en kopp och sitt ner. Stanna en kvart eller hela kvällen.",
        how_it_goes="""
            Du kommer in och någon hälsar. Du behöver inte säga vem du är.
            Du tar kaffe eller te och sätter dig där du vill.
            Du går när du vill. Ingen frågar varför.
        """,
        body="<p>Här pratar vi om allt möjligt, och ibland om hur vi mår. Vill du vara tyst går "
        "det lika bra. Det finns pussel och stickning på ett bord.</p>",
        facts={**HOUSE, **CAFE, "host": "Anna har på sig en grön bricka."},
    ),
    Activity(
        slug="dagcafe",
        when=When(THURSDAY, "13.00-15.00", week=-3, times=7, every=2),
        title="Dagcafé",
        neutral_title="Café på dagen",
        kind="cafe",
        summary="Ett lugnt café mitt på dagen, för dig som inte orkar kvällar.",
        how_it_goes="""
            Dörren är öppen från kl. 13.
            Vi dricker kaffe och läser dagens korsord ihop.
            Halv tre plockar vi undan, den som vill.
        """,
        facts={**HOUSE, **CAFE, "host": "Maj möter dig i hallen. Hon har en grön bricka."},
    ),
    Activity(
        slug="promenad-arstaviken",
        when=When(SUNDAY, "11.00-12.30", week=-4, times=14),
        title="Promenad vid Årstaviken",
        neutral_title="Promenad",
        kind="walk",
        summary="Vi går längs vattnet i den långsammastes takt. Du behöver inte prata.",
        how_it_goes="""
            Vi ses vid spärrarna och väntar fem minuter på den som är sen.
            Vi går ungefär fyra kilometer, med en paus på en bänk.
            Efteråt dricker några kaffe. Andra går hem.
        """,
        facts={
            **WALK,
            "sign_up": "none",
            "place": "Liljeholmens tunnelbana, vid spärrarna",
            "directions": "Ta tunnelbana röd linje till Liljeholmen. Vi står innanför dörrarna, om "
            "det regnar också.",
            "host": "Alex har en grön bricka på ryggsäcken.",
            "people": "Mellan 3 och 12",
            "seating": "Vi går. Det finns bänkar på vägen",
            "access": "Mest slät väg. Några korta backar",
            "energy": "some",
        },
    ),
    Activity(
        slug="lugn-promenad",
        when=When(MONDAY, "10.00-11.00", times=6, every=2),
        title="Lugn promenad",
        neutral_title="Kort promenad",
        kind="walk",
        summary="En kort runda för dig som har lite ork. Vi vilar ofta.",
        how_it_goes="""
            Vi ses utanför porten.
            Vi går en halvtimme och sätter oss när någon vill.
            Vi slutar med en kopp te inomhus.
        """,
        facts={
            **WALK,
            **{key: HOUSE[key] for key in ("place", "directions")},
            "host": "Ylva väntar vid porten med en grön halsduk.",
            "people": "Högst 8",
            "seating": "Vi går sakta och sitter ofta",
            "access": "Slät väg hela tiden",
            "energy": "little",
            "capacity": 8,
        },
        guests=Guests(placed=4, new=1),
    ),
    Activity(
        slug="utflykt-vaxholm",
        when=When(SATURDAY, "10.00-15.00", week=0),
        closes_in=-1,
        title="Utflykt till Vaxholm",
        neutral_title="Utflykt",
        kind="outing",
        summary="Vi åker båt, går en sväng i staden och äter lunch tillsammans.",
        how_it_goes="""
            Vi ses på kajen en kvart innan båten går.
            Vi går i egen takt. Den som vill sitta kvar på caféet gör det.
            Vi tar samma båt hem. Behöver du åka tidigare följer någon med dig.
        """,
        facts={
            **ABROAD,
            "price": 180,
            "member_price": 120,
            "pays_ahead": True,
            "most_together": 2,
            "question": "Vad äter du inte?",
            "question_purpose": "kunna beställa en lunch som du kan äta",
            "question_readers": "leader",
            "bring_someone": "Ja. Ni kan anmäla er två tillsammans",
            "place": "Strömkajen, Stockholm",
            "directions": "Från Kungsträdgården är det några minuters väg till kajen. Vi står vid "
            "biljettluckan.",
            "price_note": "Resa och lunch ingår",
            "host": "Anna och Stig har gröna brickor.",
            "people": "Högst 12",
            "sound": "Motorljud på båten. Det är lugnare på däck",
            "light": "Dagsljus",
            "pause": "Lång paus vid lunch",
            "seating": "Vi sitter på båten och går korta bitar",
            "access": "Kullersten på en del gator",
            "capacity": 12,
        },
        guests=Guests(placed=11, new=2, cancelled=1, by_phone=1),
        question_dies_after=7,
        paid=True,
        answers=("Jag är vegetarian", "Skaldjur", "Inga nötter, tack", "Mjölk", "Allt går bra"),
    ),
    Activity(
        slug="utflykt-rosendal",
        when=When(SATURDAY, "11.00-14.00", week=-5),
        title="Utflykt till Rosendals trädgård",
        neutral_title="Utflykt",
        kind="outing",
        summary="Vi går ut på Djurgården och fikar i trädgården.",
        how_it_goes="Vi ses vid bron.\nVi går sakta genom parken.\nVi fikar och åker hem.",
        facts={
            **ABROAD,
            "place": "Djurgårdsbron, Stockholm",
            "price_note": "Du betalar själv din fika",
            "host": "Anna har på sig en grön bricka.",
            "people": "Högst 12",
            "capacity": 12,
        },
        guests=Guests(placed=12, new=3, cancelled=2),
    ),
    Activity(
        slug="kulturtraff-stadsmuseet",
        when=When(SATURDAY, "13.00-15.00", week=2),
        title="Kulturträff på Stadsmuseet",
        neutral_title="Kulturträff",
        kind="culture",
        summary="Vi tittar på några få saker, länge. Sedan fikar vi.",
        how_it_goes="""
            Vi ses i entrén.
            Vi går in i två rum och pratar om det vi ser, om vi vill.
            Vi fikar i lugn och ro.
        """,
        facts={
            **ABROAD,
            "for_newcomers": True,
            "place": "Stadsmuseet, Slussen",
            "directions": "Ta tunnelbana till Slussen. Museet ligger vid torget.",
            "price_note": "Du betalar själv din fika",
            "host": "Ingrid väntar i entrén och har en grön bricka.",
            "people": "Högst 10",
            "sound": "Det kan vara mycket folk i entrén. Rummen är lugnare",
            "light": "Dämpat inne i rummen",
            "pause": "Det finns bänkar och en hörna för vila",
            "seating": "Vi står och går en timme. Det finns pallar att låna",
            "access": "Det finns hiss",
            "capacity": 10,
        },
        guests=Guests(placed=10, new=2, waiting=3, cancelled=1),
    ),
    Activity(
        slug="filmkvall",
        when=When(FRIDAY, "17.00-20.00", week=3),
        title="Filmkväll med samtal",
        neutral_title="Filmkväll",
        kind="culture",
        summary="Vi ser en film tillsammans och pratar om den efteråt, om vi orkar.",
        next_summary="Vi ser en film ihop, med paus i mitten. Efteråt pratar vi, om vi orkar.",
        how_it_goes="""
            Vi ställer fram popcorn och väljer mellan två filmer.
            Vi ser filmen med svensk text och paus i mitten.
            Den som vill stannar och pratar en stund.
        """,
        body="<p>Vi berättar i förväg vad filmerna handlar om. Det blir aldrig något om självskada "
        "eller våld.</p>",
        facts={
            **HOUSE,
            "audience": "Alla. Du behöver inte vara medlem",
            "for_relatives": True,
            "host": "Robin har på sig en grön bricka.",
            "people": "Högst 20",
            "sound": "Vanligt filmljud. Det finns öronproppar",
            "light": "Mörkt under filmen, men dörren står på glänt",
            "pause": "Tjugo minuter i mitten",
            "seating": "Soffor och stolar",
            "bring_someone": "Ja, men anmäl er var för sig",
            "energy": "little",
            "capacity": 20,
        },
        guests=Guests(placed=7, new=2),
    ),
    Activity(
        slug="levande-verkstad",
        when=When(THURSDAY, "17.30-20.00", week=1, times=4),
        title="Levande verkstad: färg och form",
        neutral_title="Verkstad",
        kind="workshop",
        summary="Måla, riva papper eller bara blanda färg. Det ska inte bli något särskilt.",
        how_it_goes="""
            Ledaren visar ett material, varje gång ett nytt.
            Du arbetar för dig själv i din egen takt.
            Den som vill visar vad det blev. Ingen bedömer.
        """,
        notes=("färg", "papper", "lera", "fritt val"),
        facts={
            **HOUSE,
            **CREATIVE,
            "price_note": "Allt material ingår",
            "host": "Mira leder. Hon har ett randigt förkläde.",
            "capacity": 8,
        },
        guests=Guests(placed=8, new=1, waiting=2, resting=1, cancelled=1, by_phone=1),
    ),
    Activity(
        slug="digital-yoga",
        when=When(WEDNESDAY, "08.30-09.15", week=-3, times=12),
        closes_in=45,
        title="Digital yoga på morgonen",
        neutral_title="Morgonträff på nätet",
        kind="yoga",
        summary="Mjuka rörelser och andning hemma. Du kan ha kameran av.",
        how_it_goes="""
            Du trycker på länken i mejlet och kommer in i ett rum på nätet.
            Ledaren visar och berättar. Du gör så mycket du vill.
            Vi slutar med att ligga stilla i fem minuter.
        """,
        facts={**YOGA, "host": "Siri leder och hälsar på alla med namn, om du vill."},
        guests=Guests(placed=14, new=3, cancelled=1),
    ),
    Activity(
        slug="sjung-tillsammans",
        when=When(WEDNESDAY, "18.00-19.30", week=7),
        is_draft=True,
        title="Sjung tillsammans",
        neutral_title="Sångkväll",
        kind="culture",
        summary="Vi sjunger enkla sånger ihop. Du behöver inte kunna noter.",
        how_it_goes="Vi värmer upp.\nVi sjunger.\nVi fikar.",
        facts={**HOUSE, "audience": "Alla", "host": "Vi söker någon som kan spela gitarr."},
    ),
]
