"""Bli medlem and Engagera dig."""

from samvaro.demo_data.shapes import PageText

JOIN = [
    PageText(
        path="/bli-medlem/",
        title="Bli medlem",
        ingress="Som medlem får du vara med i våra grupper, och du har en röst på årsmötet.",
        in_menu=True,
        body="""
            ## Vem kan bli medlem?
            Du kan bli medlem om du har en diagnos eller utreds för en. Du kan också vara med som
            anhörig, som personal i vården eller för att du vill stödja oss. Ingen frågar efter
            ett intyg.

            Har du ingen e-post? Ring, så ordnar vi det på papper.

            ## Måste jag vara medlem för att komma?
            Nej. Café, promenader, föreläsningar och de flesta andra träffar är öppna för alla.
            Några av grupperna är bara för medlemmar. Då står det på aktiviteten.

            ? Syns det utåt att jag är medlem? Nej. Vi lämnar inte ut vem som är medlem. I brev
            och mejl skriver vi inget om hälsa utanpå.
            ? Kan jag sluta när jag vill? Ja. Det finns en länk i mejlen om avgiften. Du behöver
            inte säga varför.
            ? Kan jag vara med fast jag inte själv har en diagnos? Ja. Många av oss är anhöriga.

            > Skriv till oss: /kontakt/
        """,
    ),
]

TAKE_PART = [
    PageText(
        path="/engagera-dig/",
        title="Engagera dig",
        ingress="Du behöver inte kunna något särskilt. En timme räcker långt.",
        is_section=True,
        in_menu=True,
        body="""
            Allt vi gör, gör vi tillsammans. Någon kokar kaffe. Någon går först på promenaden.
            Någon svarar i telefon en tisdag i månaden.

            Du bestämmer själv hur mycket. Blir du sjuk tar du paus, och ingen frågar varför.

            ## Så går det till
            1. Du anmäler dig. ”Vet inte än” är ett bra svar.
            1. Vår samordnare hör av sig inom tre arbetsdagar.
            1. Ni pratas vid, och du får prova innan du bestämmer dig.

            ## Stöd till dig
            Alla som har ett uppdrag får en kontaktperson. Ledare träffas regelbundet och pratar
            om hur det går. Du lovar att hålla tyst om det du hör. Vi andra lovar att lyssna på
            dig.
        """,
    ),
    PageText(
        path="/engagera-dig/patientrad/",
        title="Patientråd",
        ingress="I ett råd träffar du vårdens chefer och säger hur vården är, för oss som får den.",
        reviewed=40,
        body="""
            De flesta psykiatriska kliniker i länet har ett råd för patienter och närstående. Vi
            vill ha en plats i alla.

            ## Vad gör man?
            Rådet träffas ungefär en gång i månaden, i två timmar på eftermiddagen. Ni kan prata
            om väntetider, bemötande, krisplaner och ny information. Ibland är man med när
            kliniken ska anställa någon.

            Du talar för oss alla, inte om ditt eget fall. Efter mötet skriver du några rader till
            styrelsen.

            ## Vad behövs?
            - Du har egen erfarenhet, som sjuk eller som anhörig.
            - Du läser mejl och kan komma på dagtid.
            - Du säger till när du inte kan, så går din ersättare.

            Du får en introduktion och någon att bolla med. Kliniken betalar ofta en liten
            ersättning för varje möte. Fråga oss vad som gäller just där.

            > Skriv till oss om ett råd: /kontakt/
        """,
    ),
    PageText(
        path="/engagera-dig/forskning/",
        title="Var med i forskning",
        ingress="Ibland söker forskare folk med egen erfarenhet. Du väljer själv om du vill.",
        body="""
            Du kan svara på frågor, bli intervjuad eller läsa en plan och säga vad du tycker. En
            del forskare vill ha med oss från början. Det kallas medforskare.

            Vi skickar bara vidare frågor från studier som är godkända. Ditt namn lämnar vi aldrig
            ut. Det är du som hör av dig till forskaren.

            Innan du säger ja ska du få veta vad studien handlar om, hur lång tid den tar och vad
            som händer med det du berättar. Du kan hoppa av när du vill. Din vård påverkas inte.

            > Säg till om du vill få frågor: /kontakt/
        """,
    ),
]
