"""Kontakt, nyhetsbrev, personuppgifter and the statement of accessibility."""

from samvaro.demo_data.shapes import PageText

SERVICE = [
    PageText(
        path="/kontakt/",
        title="Skriv till oss",
        ingress="Det finns inga dumma frågor. En människa läser, och svarar.",
        body="""
            Mejla [info@balansstockholm.se](mailto:info@balansstockholm.se) eller ring [0761-04 50
            42](tel:0761045042), tisdag kl. 13–14.

            Vi svarar inom tre arbetsdagar. Skriv inte mer om din hälsa än du själv vill. Säg
            gärna om du hellre blir uppringd.

            ## Hitta hit
            Ta tunnelbana röd linje till Telefonplan. Därifrån är det en kort promenad till
            Instrumentvägen 10. Ring på porttelefonen, där det står Balans. Vi delar lokal med
            Riksförbundet Balans.

            ## Är du journalist?
            Mejla, så ringer någon ur styrelsen upp. Behöver du prata med någon som har egen
            erfarenhet frågar vi runt. Ingen måste ställa upp.

            !! Mår du dåligt nu? Vänta inte på oss. Gå till sidan [Akut hjälp](/akut-hjalp/).
        """,
    ),
]

LAST = [
    PageText(
        path="/personuppgifter/",
        title="Så hanterar vi dina uppgifter",
        ingress="Att vara med hos oss kan säga något om din hälsa. Därför är vi extra försiktiga.",
        reviewed=47,
        in_short="Vi sparar så lite vi kan, så kort tid vi kan. Vi frågar alltid först. Du kan se, "
        "rätta och ta bort det vi har om dig.",
        body="""
            ## Vad vi sparar
            När du anmäler dig till en träff sparar vi ditt namn, din e-post och att du har sagt
            ja till det. Vi frågar aldrig efter diagnos. På caféerna och i telefon skriver vi inte
            upp några namn alls.

            ## Varför vi får göra det
            För att du har sagt ja. Du kan ta tillbaka ditt ja när du vill. Då tar vi bort
            uppgifterna.

            ## Hur länge
            | Anmälan till en träff: 90 dagar efter sista gången. Sedan finns bara ett antal kvar
            | Formulär du har skickat: 30 dagar
            | Betalningar: Sju år, för bokföringens skull

            ## Vem som ser
            Den som håller i träffen ser namnen på dem som kommer. Samordnaren och styrelsen ser
            alla anmälningar. De som sköter webbplatsens texter ser inga namn. När någon öppnar
            eller tar ut en lista blir det en rad i en logg.

            Vi säljer inget och delar inget med reklamföretag. Mejl, kalender och kuvert säger
            aldrig något om hälsa utanpå.

            ## Kakor
            Vi har inga kakor som följer dig. Väljer du utseende under [Anpassa](/anpassa/) kommer
            din egen telefon eller dator ihåg det i ett år. Den som loggar in får en kaka så länge
            hen är inloggad.

            ## Det här kan du be om
            - att få veta vad vi har om dig
            - att vi rättar något som är fel
            - att vi tar bort allt
            - att vi slutar skicka något

            Mejla [info@balansstockholm.se](mailto:info@balansstockholm.se). Vi svarar så fort vi
            kan, och alltid inom en månad. Är du inte nöjd kan du vända dig till
            [Integritetsskyddsmyndigheten](https://www.imy.se/).
        """,
    ),
    PageText(
        path="/nyhetsbrev/",
        title="Nyhetsbrev",
        ingress="Ett kort brev om det som händer hos oss. Du väljer själv om du vill ha det.",
        body="""
            Brevet kommer ungefär en gång i veckan, på dagtid en vardag. Det tar två minuter att
            läsa. Fyra gånger om året skickar vi också ett brev på papper till dem som vill.

            ## Så får du det
            Medlemmar får brevet om de vill. Är du inte medlem? Mejla
            [info@balansstockholm.se](mailto:info@balansstockholm.se) och skriv ordet nyhetsbrev,
            så lägger vi till dig.

            ## Så slutar du
            Svara på brevet, eller mejla oss. Du behöver inte säga varför. Vi ser inte vem som
            öppnar brevet eller trycker på länkar.
        """,
    ),
]

# The parts of pages.StatementPage.
STATEMENT = {
    "about": """
        Föreningen Balans Stockholm står bakom den här webbplatsen. Vi vill att alla ska kunna
        använda den, också den som är trött, stressad eller har svårt att läsa.
    """,
    "how_accessible": """
        Sidorna är byggda för att klara WCAG 2.2 på nivå AA. Vi känner till några brister. De står
        längre ner.
    """,
    "another_way": """
        Mejla [info@balansstockholm.se](mailto:info@balansstockholm.se) eller ring [0761-04 50
        42](tel:0761045042), tisdag kl. 13–14. Vi kan läsa upp, skriva ut eller anmäla dig. Vi
        svarar inom tre arbetsdagar.
    """,
    "report_to_us": """
        Är det något som krånglar? Säg till på samma adress. Skriv gärna vilken sida det gäller.
        Du behöver inte kunna de tekniska orden.
    """,
    "supervision": """
        Myndigheten för digital förvaltning granskar vissa webbplatser. Svarar vi inte kan du
        tipsa dem på [digg.se](https://www.digg.se/).
    """,
    "technical": """
        Sidorna fungerar utan JavaScript, med tangentbord och med skärmläsare. Texten går att göra
        dubbelt så stor. Kontrasten mellan text och bakgrund är minst sju till ett.
    """,
    "not_accessible": """
        - Det finns inga texter på teckenspråk, och inte på andra språk än svenska.
        - Dokument som andra har gjort kan vara svåra att läsa med skärmläsare.
        - Digitala träffar hålls i andras program. De har inte alltid text till det som sägs.
    """,
    "exceptions": """
        Vi har inte åberopat några undantag.
    """,
    "how_tested": """
        Vi har testat sidorna med program som letar fel, med bara tangentbord och på en liten
        telefon. Vi har ännu inte låtit folk utanför föreningen prova dem.
    """,
    "how_we_work": """
        Varje ny text mäts, så att den blir lätt att läsa. När sidorna ändras körs alla prov igen.
    """,
}
