"""News, each so many days old. `{bipolar_day}` becomes the next World Bipolar Day."""

from samvaro.demo_data.shapes import News

NEWS = [
    News(
        slug="nya-samtalsgrupper",
        days_ago=2,
        title="Nya samtalsgrupper startar snart",
        summary="Vi startar grupper för dig med egen diagnos och för dig som är anhörig. Några "
        "platser finns kvar.",
        body="""
            I en samtalsgrupp är vi åtta till tio personer som ses på samma tid, varannan vecka.
            Vi går laget runt. Den som vill pratar, och de andra lyssnar. Ingen ger råd om
            medicin.

            Varje grupp har två ledare. De har själva varit med i en grupp och har gått vår
            utbildning.

            ## Är det fullt?
            Då kan du ställa dig i kö. Det binder dig inte. Blir det en plats mejlar vi dig, och
            du får gott om tid att svara.

            > Se alla grupper: /aktiviteter/
        """,
    ),
    News(
        slug="patientrad-soker",
        days_ago=7,
        title="Vill du sitta i ett patientråd?",
        summary="Två kliniker vill ha fler med egen erfarenhet i sina råd. Du får en introduktion "
        "och är inte ensam.",
        body="""
            I ett patientråd träffar du dem som bestämmer på kliniken. Du säger hur vården är för
            oss som får den. Det tar ungefär två timmar i månaden, på dagtid.

            Du behöver inte kunna politik eller vård. Du behöver kunna läsa mejl, komma i tid och
            säga till när du inte kan.

            Vi söker både dig som har en egen diagnos och dig som är anhörig.

            > Läs om patientråd: /engagera-dig/patientrad/
        """,
    ),
    News(
        slug="world-bipolar-day",
        days_ago=12,
        title="Följ med på World Bipolar Day",
        summary="Dagen uppmärksammas över hela världen. Hos oss blir det samtal, musik och fika.",
        body="""
            World Bipolar Day är en dag för kunskap och för att prata öppet. Vi ses {bipolar_day}.

            Det blir korta berättelser av folk som har bipolär sjukdom, och lång paus emellan. Du
            kan också följa med hemifrån. Du får gå när du vill.

            Vill du hjälpa till? Vi behöver folk som dukar, hälsar välkommen och sköter ljudet.

            > Läs mer om dagen: /aktiviteter/world-bipolar-day/
        """,
    ),
    News(
        slug="kort-fran-forelasningen",
        days_ago=19,
        title="Kort från föreläsningen om tidiga tecken",
        summary="Många kom, och samtalet efteråt blev längre än föreläsningen. Här är tre saker vi "
        "tog med oss.",
        body="""
            Tack till er som kom, på plats och hemifrån. Här är det kortaste vi kan säga om
            kvällen.

            - Tecken är olika för olika människor. Fråga någon som känner dig vad hen brukar se.
            - Sömnen ändras ofta först. Skriv gärna upp den några veckor.
            - En plan ska vara så kort att du orkar läsa den när du mår dåligt.

            Kunde du inte komma? Vi tar upp ämnet igen. Under [Vård och
            rättigheter](/stod/vard-och-rattigheter/) står det hur du gör en krisplan.
        """,
    ),
    News(
        slug="anmal-dig-har",
        days_ago=27,
        title="Nu anmäler du dig här på sidan",
        summary="Det räcker med namn och e-post. Du behöver inget konto, och du avbokar med ett "
        "tryck.",
        body="""
            Förut fick man mejla för att vara med. Nu finns det en knapp på varje aktivitet.

            Du får ett mejl direkt, och en påminnelse dagen innan. Kan du inte komma? Tryck på
            länken i mejlet och avboka. Du behöver inte säga varför.

            Vill du hellre ringa går det lika bra. På tisdagar kl. 13–14 anmäler vi dig per
            telefon.

            > Hitta en aktivitet: /aktiviteter/
        """,
    ),
    News(
        slug="fler-ledare",
        days_ago=39,
        title="Fler har utbildat sig till ledare",
        summary="Nu kan vi starta fler grupper. Tack till alla som gick kursen en hel helg.",
        body="""
            Våra nya ledare har gått utbildningen i Balansmodellen. De har lärt sig att hålla en
            runda, att fördela ordet och att märka när någon behöver paus.

            Alla har först varit deltagare i en grupp. De leder två och två, och träffar andra
            ledare regelbundet för att prata om hur det går.

            Är du nyfiken på att leda? Det finns ingen brådska. Börja med att vara med i en grupp.

            > Se våra uppdrag: /engagera-dig/
        """,
    ),
    News(
        slug="mot-alex",
        days_ago=54,
        title="Alex går i den långsammastes takt",
        summary="På söndagar leder Alex promenaden vid Årstaviken. ”Man behöver inte prata. Det "
        "är det fina.”",
        body="""
            Alex kom själv på en promenad för tre år sedan. Då gick hen sist och sa ingenting.

            – Det var ingen som tyckte att det var konstigt. Så jag kom tillbaka veckan efter.

            Nu är det Alex som går först, eller rättare sagt sist. Ingen ska behöva skynda.

            – Ibland är vi tolv, ibland tre. Regnar det tar vi en kortare väg. Efteråt dricker
            några kaffe, och några går hem. Båda går bra.

            > Se promenaden: /aktiviteter/promenad-arstaviken/
        """,
    ),
    News(
        slug="nasta-termin",
        days_ago=0,
        is_draft=True,
        title="Programmet för nästa termin",
        summary="Här är det som är klart hittills. Mer kommer.",
        body="""
            Vi planerar för fullt. Två föreläsningar och en utflykt är klara. Vi väntar på svar om
            lokal till skrivargruppen.
        """,
    ),
]
