"""Stöd och råd: the second half, for relatives, about care and rights, and the phone."""

from samvaro.demo_data.shapes import PageText

SUPPORT_MORE = [
    PageText(
        path="/stod/anhorig/",
        title="Är du anhörig?",
        ingress="Du som står nära behöver också stöd. Du är välkommen hos oss, även om den du "
        "tänker på inte vill komma.",
        reviewed=12,
        body="""
            ## Du får ha det jobbigt
            Det är vanligt att vara orolig hela tiden. Man sover med ett öra öppet. Man kan känna
            skuld, ilska och sorg, och dåligt samvete för det. Du är inte ensam om det.

            Du har inte gjort den andra sjuk. Du kan inte heller göra hen frisk. Men du kan finnas
            där, och du får också vila.

            ## Vad kan jag göra?
            - Fråga vad som hjälper. Gissa inte.
            - Lyssna utan att lösa. ”Det låter tungt” räcker långt.
            - Kom överens när det är lugnt: vad får jag säga när jag ser tidiga tecken?
            - Spara dina egna vänner, din sömn och det du tycker om.
            - Sök hjälp för din egen skull när du behöver.

            ## Vad får vården säga till mig?
            Vården får inte berätta om en vuxen person utan att hen säger ja. Men personalen får
            alltid lyssna på dig. Du kan ringa och berätta vad du ser. Du kan också fråga om stöd
            för dig själv. Kommunen ska erbjuda stöd till anhöriga.

            ## Är det barn i familjen?
            Barn märker mer än man tror. Säg med enkla ord att någon är sjuk, att det inte är
            barnets fel och att vuxna hjälper till. Fråga vården om stöd till barn. De har ansvar
            för att barn får veta vad som händer.

            ## Träffa andra anhöriga
            Vi har en grupp för anhöriga, och öppna kvällar där man bara kan komma. Där är det
            ditt liv det handlar om.

            > Se träffar för anhöriga: /aktiviteter/?for=anhoriga

            !! Är du orolig för någons liv? Fråga rakt ut. Numren som svarar dygnet runt står på
            sidan [Akut hjälp](/akut-hjalp/).
        """,
    ),
    PageText(
        path="/stod/vard-och-rattigheter/",
        title="Vård och rättigheter",
        ingress="Planer, möten och bokstäver kan vara svåra att hålla isär. Här är det viktigaste, "
        "ett i taget.",
        reviewed=33,
        in_short="Du har rätt att förstå och att vara med och bestämma om din vård. Be om en plan "
        "på papper. Behöver flera hjälpa dig kan du be om en SIP. Du får alltid ta med någon.",
        body="""
            ## Vårdplan och krisplan
            I en vårdplan står det vad du och vården ska göra, och vem som gör vad. I en krisplan
            står det vad som ska hända om du blir sämre. Gör den när du mår ganska bra.

            I en krisplan kan det stå:

            - mina tidiga tecken
            - det här hjälper, och det här gör det värre
            - de här får ni ringa
            - vem som tar hand om barn, djur och räkningar

            Be att få planen på papper. Ge en kopia till någon du litar på.

            ## SIP
            SIP betyder samordnad individuell plan. Den görs när du behöver hjälp av både vården
            och kommunen. Alla träffas på samma möte, och du är huvudpersonen. Du kan själv be om
            en SIP. Det kostar inget.

            ## Patientutbildning
            Många mottagningar har kurser för den som har fått en diagnos, och för anhöriga. De
            kan heta patient- och närståendeutbildning eller PNU. Ibland är vi i Balans med och
            berättar. Fråga på din mottagning.

            ## Dina rättigheter i korthet
            | Förstå: Vården ska förklara så att du förstår, och svara på dina frågor.
            | Vara med: Vården ska planeras tillsammans med dig.
            | Fast kontakt: Du kan be om en person som håller ihop din vård.
            | Läsa din journal: Du kan läsa den på 1177 eller be om en kopia.
            | Ta med någon: Du får ha sällskap på besök och möten.
            | Klaga: Prata först med mottagningen. Patientnämnden hjälper dig gratis att gå
            vidare.

            ## Personligt ombud
            I många kommuner finns personliga ombud. De hjälper dig att få det stöd du har rätt
            till. De jobbar för dig, inte för myndigheten. Fråga din kommun.

            Reglerna kan ändras. Läs mer på [1177.se](https://www.1177.se/Stockholm/) om vad som
            gäller just nu.

            > Fråga oss om du kör fast: /kontakt/
        """,
    ),
    PageText(
        path="/stod/stodtelefon/",
        title="Ring oss",
        ingress="På tisdagar svarar någon av oss i telefon. Du får ringa om stort och smått.",
        body="""
            Ring [0761-04 50 42](tel:0761045042), tisdag kl. 13–14. Det kostar som ett vanligt
            samtal.

            ## Vem svarar?
            Den som svarar är med i föreningen och har egen erfarenhet. Det vi säger stannar
            mellan oss. Vi skriver inte upp vem du är. Vi räknar bara hur många som ringer.

            ## Vad kan jag prata om?
            Du kan fråga om våra träffar, om att vara anhörig eller om att ha fått en diagnos. Du
            kan också ringa för att höra en röst. Vi ger inte råd om medicin.

            ## Är det svårt att ringa?
            Det är det för många. Mejla i stället, så ringer vi upp eller skriver tillbaka.
            Adressen står under [Kontakt](/kontakt/).

            !! Vi är ingen jourtelefon. Mår du mycket dåligt? Gå till sidan [Akut
            hjälp](/akut-hjalp/), där finns nummer som svarar dygnet runt.
        """,
    ),
]
