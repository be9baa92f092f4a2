"""Om oss."""

from samvaro.demo_data.shapes import PageText

ABOUT = [
    PageText(
        path="/om-oss/",
        title="Om oss",
        ingress="Vi är en förening av folk som själva vet hur det är. Vi finns i hela Stockholms "
        "län.",
        is_section=True,
        in_menu=True,
        body="""
            Det började 1997, i en studiecirkel för anhöriga på S:t Görans sjukhus. I dag hör vi
            till Riksförbundet Balans, som har föreningar på flera håll i landet.

            Vi ordnar träffar, grupper och föreläsningar. Vi säger till vården och politikerna hur
            det är. Nästan allt görs av medlemmar, på fritiden.

            ## Det vi tror på
            - Den som har levt med något vet något som andra inte vet.
            - Ingen ska behöva skämmas.
            - Man får vara med utan att prestera.

            | Namn: Föreningen Balans Stockholm
            | Org.nr: 802468-6936
            | Adress: Instrumentvägen 10, 126 53 Hägersten
        """,
    ),
    PageText(
        path="/om-oss/styrelse/",
        title="Styrelsen",
        ingress="Styrelsen leder föreningen mellan årsmötena. Medlemmarna väljer vilka som är med.",
        body="""
            Styrelsen väljs på årsmötet, som är på våren. I styrelsen finns:

            - ordförande, som håller ihop arbetet
            - vice ordförande
            - kassör, som sköter pengarna
            - tre ledamöter
            - två ersättare

            Vill du att styrelsen tar upp något? Skriv till oss, så kommer det med på nästa möte.

            Valberedningen föreslår vilka som ska väljas. Du får gärna föreslå någon, eller dig
            själv.

            > Skriv till styrelsen: /kontakt/
        """,
    ),
    PageText(
        path="/om-oss/arsmote/",
        title="Årsmötet",
        ingress="En gång om året bestämmer medlemmarna tillsammans. Mötet är på våren.",
        body="""
            På årsmötet berättar styrelsen vad vi har gjort och vart pengarna gick. Sedan väljer
            vi styrelse och bestämmer vad vi ska göra härnäst.

            ## Så går det till
            1. Du får en kallelse i god tid, med mejl eller brev.
            1. Vill du föreslå något? Skriv en motion. Det är bara ett förslag på papper.
            1. Du kan komma hit eller vara med digitalt. Medlemmarna röstar.

            Du behöver inte säga något. Vi fikar efteråt.
        """,
    ),
    PageText(
        path="/om-oss/verksamhetsplan/",
        title="Det här vill vi göra",
        ingress="Varje år bestämmer årsmötet en plan. Här är det viktigaste, kort sagt.",
        body="""
            ## Fler ska hitta hit
            Vi vill bli tusen medlemmar. Det ska vara lätt att anmäla sig, och ingen som hör av
            sig ska glömmas bort.

            ## Träffar året runt
            - café, promenader, utflykter och kultur
            - föreläsningar, på plats och digitalt
            - levande verkstad och lugn yoga
            - World Bipolar Day i mars

            ## Samtalsgrupper
            Grupperna är hjärtat i det vi gör. Vi vill starta nya varje termin och utbilda fler
            ledare. Studieförbundet Vuxenskolan hjälper oss.

            ## Röst i vården
            Vi vill sitta med i varje patientråd. Vi besöker mottagningar och berättar att vi
            finns.

            ## Ut till fler
            Vi skickar nyhetsbrev ungefär fyra gånger i månaden, och brev på papper fyra gånger om
            året.

            Hela planen får du av oss. Skriv till oss under [Kontakt](/kontakt/).
        """,
    ),
    PageText(
        path="/om-oss/stadgar/",
        title="Stadgar",
        ingress="Stadgarna är våra regler. Här står vad de handlar om, med enkla ord.",
        body="""
            Stadgarna säger vad föreningen är till för, vem som får bli medlem och hur vi
            bestämmer. De kan bara ändras av ett årsmöte.

            - **Syfte.** Varför vi finns och vem vi är till för.
            - **Medlemmar.** Hur du blir medlem, och hur du slutar.
            - **Årsmötet.** När det ska vara, hur du kallas och vad som måste tas upp.
            - **Styrelsen.** Hur många de är och vad de ansvarar för.
            - **Pengar.** Hur de sköts, och vem som granskar.
            - **Ändra eller lägga ner.** Hur det går till, om det skulle behövas.

            Det här är en hjälp, inte själva stadgarna. Vill du läsa alla paragrafer? Skriv till
            oss, så skickar vi dem.

            > Be om stadgarna: /kontakt/
        """,
    ),
    PageText(
        path="/om-oss/intressepolitik/",
        title="Det vi vill förändra",
        ingress="Vården blir bättre när de som får den är med och bestämmer. Det säger vi högt.",
        reviewed=40,
        body="""
            ## Det här vill vi
            - Alla som vill ska få en krisplan, på papper och i tid.
            - Den som behöver hjälp från flera håll ska få en SIP utan att tjata.
            - Ingen ska vänta så länge att hen blir sjukare.
            - Anhöriga ska få stöd, och bli lyssnade på.
            - Man ska möta samma person mer än en gång.

            ## Så gör vi
            Vi sitter i patientråd på kliniker runt om i länet. Vi svarar när regionen frågar, och
            hör av oss när den inte gör det. Vi följer hur psykiatrin görs om, och berättar vad
            det betyder för oss.

            Vi arbetar också ihop med andra föreningar. Tillsammans hörs vi mer.

            Har du varit med om något som borde ändras? Berätta för oss. Vi för det vidare utan
            att säga vem du är.

            > Berätta för oss: /om-oss/intressepolitik/beratta/
        """,
    ),
    PageText(
        path="/om-oss/for-varden/",
        title="För dig som arbetar i vården",
        ingress="Vi kommer gärna och berättar. Vi har också material som du kan ge till dem du "
        "möter.",
        body="""
            ## Boka ett besök
            Vi kan vara med på er patientutbildning, på en arbetsplatsträff eller på en
            utbildning. Två av oss berättar om hur det är att leva med bipolär sjukdom, depression
            eller utmattning. Ofta är det en med egen diagnos och en anhörig.

            1. Fyll i formuläret. Säg vilka som lyssnar och ungefär när.
            1. Vi föreslår en dag och vem som kommer.
            1. Efteråt vill vi veta vad som var bra och vad som fattades.

            > Boka ett besök: /om-oss/for-varden/boka/

            ## Beställ broschyrer
            Vi skickar broschyrer till din mottagning. En gång per termin skickar vi också ett
            brev om vad som är på gång. Vill ni inte ha det? Säg till, så slutar vi.

            ## Tipsa någon om oss
            Du kan säga så här: ”Det finns en förening med folk som har varit med om samma sak. Du
            kan komma på ett café utan att anmäla dig, och du behöver inte säga något.”

            ! Vi är inte en del av vården. Vi ger inte behandling, och vi tar inte emot remisser.

            [Beställ broschyrer här](/om-oss/for-varden/broschyrer/). De är gratis.
        """,
    ),
]
