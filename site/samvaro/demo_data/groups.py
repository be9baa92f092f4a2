"""The groups and circles, and the meetings for those who are new."""

from samvaro.demo_data.shapes import Activity, Guests
from samvaro.demo_data.surroundings import GROUP, GROUP_STEPS, HOUSE, ONLINE
from samvaro.demo_data.timing import MONDAY, THURSDAY, TUESDAY, WEDNESDAY, When

GROUPS = [
    Activity(
        slug="skrivargrupp-nyborjare",
        when=None,
        title="Skrivargrupp för nybörjare",
        neutral_title="Skrivargrupp",
        kind="circle",
        summary="Vi skriver korta texter tillsammans. Du behöver inte visa dem för någon.",
        how_it_goes="""
            Vi ses sex till åtta gånger.
            Varje gång skriver vi till ett ord eller en bild.
            Den som vill läser högt.
        """,
        facts={
            **HOUSE,
            "sign_up": "interest",
            "wanted": 6,
            "audience": "Alla som är nyfikna på att skriva",
            "for_newcomers": True,
            "host": "Maj leder gruppen. Hon har en grön bricka.",
            "people": "Högst 10",
            "sound": "Tyst medan vi skriver",
            "light": "Dämpat",
            "pause": "En kvart i mitten",
            "seating": "Du sitter vid ett bord",
            "bring_someone": "Kom gärna själv, eller med en vän",
            "energy": "little",
        },
        promised_in=40,
        interested=7,
    ),
    Activity(
        slug="ny-hos-oss",
        when=When(THURSDAY, "17.00-18.30", week=0),
        title="Ny hos oss?",
        neutral_title="Välkomstträff",
        kind="other",
        summary="En liten träff för dig som är här för första gången. Vi berättar vad som finns.",
        how_it_goes="""
            Vi bjuder på te och berättar vilka vi är.
            Du kan fråga om allt, eller bara lyssna.
            Vi visar dig runt, så att du hittar nästa gång.
        """,
        facts={
            **HOUSE,
            "audience": "Du som är ny, och din anhöriga om ni vill komma ihop",
            "for_relatives": True,
            "for_newcomers": True,
            "host": "Anna har på sig en grön bricka och väntar i porten.",
            "people": "Högst 12",
            "sound": "Lugnt. En talar i taget",
            "light": "Dämpat",
            "pause": "När du vill",
            "seating": "Du kan sitta hela tiden",
            "bring_someone": "Ja, ta gärna med någon",
            "energy": "little",
            "capacity": 12,
        },
        guests=Guests(placed=7, new=6, cancelled=1),
    ),
    Activity(
        slug="ny-hos-oss-senast",
        when=When(THURSDAY, "17.00-18.30", week=-4),
        title="Ny hos oss?",
        neutral_title="Välkomstträff",
        kind="other",
        summary="En liten träff för dig som är här för första gången.",
        how_it_goes="Vi bjuder på te.\nDu kan fråga.\nVi visar dig runt.",
        facts={**HOUSE, "for_newcomers": True, "capacity": 12, "host": "Anna väntar i porten."},
        guests=Guests(placed=8, new=7, declined=1),
    ),
    Activity(
        slug="oppen-kvall-for-anhoriga",
        when=When(MONDAY, "18.00-20.00", week=2),
        title="Öppen kväll för anhöriga",
        neutral_title="Öppen kväll",
        kind="group",
        summary="För dig som står nära någon. Kom en gång, eller flera.",
        how_it_goes="""
            Vi börjar med kaffe och smörgås.
            Två anhöriga berättar kort om sitt liv.
            Vi pratar i små grupper. Du får bara lyssna.
        """,
        facts={
            **HOUSE,
            "audience": "Du som är förälder, partner, syskon, barn eller vän",
            "for_relatives": True,
            "for_newcomers": True,
            "host": "Gun har på sig en grön bricka.",
            "people": "Högst 25",
            "sound": "Prat i små grupper",
            "light": "Vanligt ljus",
            "pause": "En kvart i mitten",
            "seating": "Bord med fyra stolar",
            "bring_someone": "Ja, men anmäl er var för sig",
            "energy": "some",
            "capacity": 25,
        },
        guests=Guests(placed=9, new=5, by_phone=1),
    ),
    Activity(
        slug="samtalsgrupp-forra-omgangen",
        when=When(TUESDAY, "18.00-20.15", week=-24, times=8, every=2),
        title="Samtalsgrupp för dig med bipolär sjukdom, förra omgången",
        neutral_title="Tisdagsgruppen",
        kind="group",
        summary="Åtta träffar med samma personer. Gruppen är slut.",
        how_it_goes=GROUP_STEPS,
        facts={**HOUSE, **GROUP, "capacity": 8, "host": "Alex ledde gruppen."},
        guests=Guests(placed=8),
    ),
    Activity(
        slug="samtalsgrupp-bipolar-sjukdom",
        when=When(TUESDAY, "18.00-20.00", week=2, times=8, every=2),
        title="Samtalsgrupp för dig med bipolär sjukdom",
        neutral_title="Tisdagsgruppen",
        kind="group",
        summary="Åtta träffar med samma personer. Du delar det du vill, och lyssnar på andra.",
        how_it_goes=GROUP_STEPS,
        body="<p>Ledarna har själva bipolär sjukdom och har gått vår utbildning. Innan gruppen "
        "börjar får du läsa det vi lovar varandra. Det viktigaste är att det som sägs stannar i "
        "rummet. Du kan ta paus när du är sjuk.</p>",
        facts={**HOUSE, **GROUP, "capacity": 8, "host": "Alex och Hanna leder gruppen ihop."},
        guests=Guests(placed=7, offered=1, waiting=3, new=2, cancelled=1, declined=1),
    ),
    Activity(
        slug="samtalsgrupp-depression",
        when=When(THURSDAY, "18.00-20.00", week=3, times=8, every=2),
        title="Samtalsgrupp: leva med depression",
        neutral_title="Torsdagsgruppen",
        kind="group",
        summary="Åtta träffar för dig som har eller har haft en depression.",
        how_it_goes=GROUP_STEPS,
        facts={**HOUSE, **GROUP, "capacity": 10, "host": "Tom och Nadja leder gruppen ihop."},
        guests=Guests(placed=6, new=2),
    ),
    Activity(
        slug="samtalsgrupp-utmattning",
        when=When(WEDNESDAY, "13.00-14.30", week=7, times=6, every=2),
        opens_in=5,
        title="Samtalsgrupp om utmattning",
        neutral_title="Onsdagsgruppen",
        kind="group",
        summary="Sex korta träffar på dagen, för dig som har lite ork.",
        how_it_goes=GROUP_STEPS,
        facts={
            **HOUSE,
            **GROUP,
            "capacity": 8,
            "people": "6–8, samma personer varje gång",
            "host": "Petra leder gruppen.",
            "energy": "little",
        },
    ),
    Activity(
        slug="anhoriggrupp",
        when=When(WEDNESDAY, "18.00-20.00", week=1, times=8, every=2),
        title="Anhöriggrupp",
        neutral_title="Onsdagsträffen",
        kind="group",
        summary="Åtta träffar för dig som är anhörig. Här får det handla om dig.",
        how_it_goes=GROUP_STEPS,
        facts={
            **HOUSE,
            **GROUP,
            "audience": "Du som är anhörig och medlem",
            "for_relatives": True,
            "capacity": 10,
            "host": "Gun och Josef leder gruppen ihop. De är själva anhöriga.",
        },
        guests=Guests(placed=10, new=1, waiting=4, resting=1, cancelled=2, by_phone=1),
    ),
    Activity(
        slug="studiecirkel-om-psykos",
        when=When(MONDAY, "17.30-20.00", week=5, times=6),
        title="Studiecirkel om psykos",
        neutral_title="Studiecirkel",
        kind="circle",
        summary="Vi läser en bok i små bitar och pratar om det vi känner igen.",
        how_it_goes="""
            Du läser ett kort kapitel hemma, eller lyssnar på det.
            Vi pratar om kapitlet i två timmar, med paus.
            Vi bestämmer tillsammans vad vi tar nästa gång.
        """,
        body="<p>Cirkeln är ett samarbete med Studieförbundet Vuxenskolan. Den är för dig som har "
        "egen erfarenhet av psykos, och för dig som är anhörig.</p>",
        facts={
            **HOUSE,
            **GROUP,
            "audience": "Du med egen erfarenhet, och du som är anhörig",
            "for_relatives": True,
            "capacity": 10,
            "price_note": "Boken får du låna",
            "host": "Viktor leder cirkeln.",
        },
        guests=Guests(placed=4, new=1),
    ),
    Activity(
        slug="skrivargrupp",
        when=When(TUESDAY, "14.00-16.00", week=3, times=6, every=2),
        title="Skrivargrupp",
        neutral_title="Skrivargrupp",
        kind="circle",
        summary="Vi skriver korta texter till samma ord. Du läser upp bara om du vill.",
        how_it_goes="""
            Vi får ett ord och skriver i tio minuter.
            Den som vill läser. Vi säger vad vi minns, inte vad vi tycker.
            Vi skriver en gång till, och slutar med fika.
        """,
        facts={
            **HOUSE,
            **GROUP,
            "audience": "Alla som vill skriva. Det behöver inte bli bra",
            "capacity": 9,
            "people": "6–9",
            "price_note": "Penna och block finns",
            "host": "Lina leder gruppen.",
            "energy": "little",
        },
        guests=Guests(placed=5, new=2),
    ),
    Activity(
        slug="skriv-tillsammans",
        when=When(MONDAY, "18.00-20.00", week=-4, times=8),
        title="Skriv tillsammans",
        neutral_title="Skrivarkväll",
        kind="circle",
        summary="Åtta måndagar med penna och te. Gruppen har börjat.",
        how_it_goes="""
            Vi landar med te och säger hej.
            Vi skriver till en bild i en kvart.
            Den som vill läser. Sedan tar vi paus och skriver en gång till.
        """,
        facts={
            **HOUSE,
            **GROUP,
            "audience": "Alla som vill skriva. Det behöver inte bli bra",
            "capacity": 8,
            "people": "Högst 8, samma personer varje gång",
            "host": "Alex leder gruppen.",
            "energy": "little",
        },
        guests=Guests(placed=8, new=3, cancelled=1),
    ),
    Activity(
        slug="ungdomsgrupp-online",
        when=When(WEDNESDAY, "18.00-20.15", week=4, times=8),
        title="Samtalsgrupp för unga, på nätet",
        neutral_title="Gruppen på nätet",
        kind="group",
        summary="Åtta onsdagar för dig mellan 18 och 30 år. Vi ses på nätet med kameran på.",
        how_it_goes="""
            Vi säger hej och berättar kort hur läget är.
            Vi pratar om veckans ämne. Ni har valt det själva.
            Vi tar paus, går en runda till och slutar i tid.
        """,
        body="<p>Sitt där ingen annan hör. Det som sägs i gruppen stannar där. Du behöver vara "
        "medlem när gruppen börjar.</p>",
        facts={
            **ONLINE,
            "audience": "Du som är 18–30 år och medlem",
            "price": 100,
            "price_note": "Du betalar när gruppen börjar",
            "people": "Högst 10, samma personer varje gång",
            "pause": "En kvart i mitten",
            "energy": "some",
            "capacity": 10,
            "host": "Isak och Noor leder gruppen. De är själva under 30.",
        },
        guests=Guests(placed=7, new=3),
    ),
]
