"""Stöd och råd: the first half, about being new, and about three diagnoses.

Careful on purpose: what is generally agreed, no advice on medicine, and 1177 for the rest.
"""

from samvaro.demo_data.shapes import PageText

SUPPORT = [
    PageText(
        path="/stod/",
        title="Stöd och råd",
        ingress="Här hittar du korta texter om att leva med bipolär sjukdom, depression eller "
        "utmattning. Och om att stå nära någon som gör det.",
        is_section=True,
        in_menu=True,
        body="""
            Läs bara det du orkar. Varje sida börjar med det viktigaste.

            Vi som har skrivit är inte vården. Vi har egen erfarenhet, som sjuk eller som anhörig.
            Frågor om din behandling ställer du till din mottagning eller till 1177.
        """,
    ),
    PageText(
        path="/stod/nyss-fatt-diagnos/",
        title="Har du nyss fått en diagnos?",
        ingress="Det är mycket att ta in. Du behöver inte göra allt på en gång. Läs bara det du "
        "orkar.",
        reviewed=19,
        body="""
            En del blir lättade av att få en diagnos. Andra blir ledsna, arga eller rädda. Många
            känner lite av allt. Inget av det är fel.

            Du är samma person som förut. Du har fått ett ord för något som du redan har levt med.

            ## Tre saker du kan göra
            1. Du kan komma på en träff. Du behöver inte vara medlem, och du får bara sitta med.
            1. Du kan ringa eller mejla oss. Vi som svarar har egen erfarenhet.
            1. Du kan fråga vården om de har en utbildning för dig och dina anhöriga.

            > Se träffar för nya: /aktiviteter/?for=nya

            ## Frågor att ta med till vården
            Det är svårt att minnas allt under ett besök. Skriv gärna ner dina frågor innan. Ta
            med någon om du vill.

            - Vad betyder min diagnos?
            - Vilken hjälp finns det, och vad händer om jag väntar?
            - Vem ringer jag om jag mår sämre?
            - Kan jag få en skriftlig plan för vad vi ska göra om jag blir sjuk?
            - Finns det en kurs för mig och för mina anhöriga?

            ## Vem ska få veta?
            Det bestämmer du. Du måste inte berätta för chefen, grannen eller alla vänner. Börja
            gärna med en person som du litar på. Du kan säga så lite du vill.

            ## Om det blir för tungt
            Du kan få tankar om att inte orka leva. Då ska du inte vara ensam med dem. Det finns
            folk som svarar dygnet runt. Numren står på sidan [Akut hjälp](/akut-hjalp/).
        """,
    ),
    PageText(
        path="/stod/bipolar-sjukdom/",
        title="Bipolär sjukdom",
        ingress="Humöret och orken går upp och ner mer än för andra. Däremellan kan livet vara "
        "ganska vanligt.",
        reviewed=19,
        in_short="Den som har bipolär sjukdom har perioder som är för höga och perioder som är för "
        "låga. Det finns hjälp att få. Tidiga tecken, sömn och en plan gör skillnad för många.",
        body="""
            ## Högt och lågt
            När det går för högt kan man sova lite och ändå känna sig pigg. Tankarna går fort. Man
            kan prata mycket, göra av med pengar eller bli arg lättare än annars. Är det starkt
            kallas det mani. Är det mildare kallas det hypomani.

            När det går för lågt försvinner lusten och orken. Allt går trögt. Man kan sova för
            mycket eller för lite, och tro att det aldrig ska gå över. Det är en depression.

            En del har båda samtidigt. Det är ofta väldigt jobbigt. Hör av dig till vården då.

            ## Hjälp som finns
            De flesta får hjälp av både läkare och annan personal. Behandlingen ser olika ut för
            olika människor, och det kan ta tid att hitta rätt. Ändra inte din medicin på egen
            hand. Prata med din läkare först.

            På [1177.se](https://www.1177.se/Stockholm/) kan du läsa mer om sjukdomen och om var du
            söker vård.

            ## Det här brukar hjälpa i vardagen
            - Sov på ungefär samma tider. Sömnen är ofta det första som ändras.
            - Lär känna dina tidiga tecken. Skriv ner dem när du mår bra.
            - Bestäm med någon du litar på vad hen får säga när hen blir orolig.
            - Vänta ett dygn eller två med stora köp och stora beslut.
            - Vila också efter det som är roligt.

            ## En plan för sämre dagar
            I en plan står dina tidiga tecken, vad som brukar hjälpa och vem du ska ringa. Du kan
            göra den med din mottagning. Läs mer under [Vård och
            rättigheter](/stod/vard-och-rattigheter/).

            ! Hos oss träffar du andra som vet hur det är. Ingen behöver förklara från början.

            > Hitta en aktivitet: /aktiviteter/
        """,
    ),
    PageText(
        path="/stod/depression/",
        title="Depression",
        ingress="En depression är mer än att vara ledsen. Den går att få hjälp med, även när det "
        "inte känns så.",
        reviewed=26,
        warning="Texten nämner självmord.",
        body="""
            ## Så kan det vara
            Det som var roligt känns inte längre. Du är trött fast du har vilat. Du kan få svårt
            att sova, äta, tänka och bestämma dig. Många tycker att de är en börda. Den tanken hör
            till sjukdomen. Den är inte sann om dig.

            Har det varit så i mer än två veckor? Då ska du söka vård. Ring din vårdcentral eller
            1177. Du behöver inte vara säker på vad det är.

            ## Små steg räcker
            När orken är slut hjälper det inte att ta i mer. Gör något litet i stället.

            - Gå upp och drick ett glas vatten.
            - Öppna fönstret, eller gå ut en kort stund när det är ljust.
            - Svara på ett meddelande. Det räcker med ett ord.
            - Säg till någon: jag mår inte bra, och jag vill inte vara ensam med det.

            Klarar du ingenting i dag? Då är det så. I morgon är en ny dag.

            ## Hjälp som finns
            Vården kan hjälpa med samtal, läkemedel eller båda delarna. Det tar ofta några veckor
            innan det märks. Berätta för din läkare om något inte fungerar. På
            [1177.se](https://www.1177.se/Stockholm/) står det mer om depression.

            ## Om du tänker på att dö
            Många som har en depression får tankar på att ta sitt liv. Tankarna kan gå över med
            hjälp. Berätta för någon. På sidan [Akut hjälp](/akut-hjalp/) står numren som svarar
            dygnet runt.

            ## Hos oss
            Du kan komma på en träff utan att säga något alls. Många av oss har haft en
            depression, och vet hur långt det kan vara till dörren.

            > Hitta en aktivitet: /aktiviteter/
        """,
    ),
    PageText(
        path="/stod/utmattning/",
        title="Utmattning",
        ingress="Kroppen och huvudet säger stopp efter lång tid med för mycket. Det får ta tid att "
        "komma tillbaka.",
        reviewed=26,
        body="""
            ## Så kan det vara
            Du blir trött av sådant som förut gick av sig själv. Ljud och ljus stör. Du tappar
            ord, glömmer och kan inte läsa ett helt stycke. Sömnen ger ingen vila. En del får ont
            i bröstet eller svårt att andas.

            Det är inte lathet. Det är ett sätt för kroppen att skydda sig.

            ## Sök hjälp tidigt
            Ring din vårdcentral. Berätta vad du inte längre klarar, och hur länge det har varit
            så. Läkaren kan behöva se om det finns andra skäl till att du är trött. Har du ont i
            bröstet, sök vård direkt. På [1177.se](https://www.1177.se/Stockholm/) kan du läsa mer.

            ## Det här brukar hjälpa
            - Vila innan du är slut, inte efteråt.
            - Gör en sak i taget, och gör den kort.
            - Säg nej till något i veckan.
            - Gå ut varje dag, i din egen takt.
            - Ta hjälp med det som går att lämna över.

            Det är vanligt att må bättre och sedan sämre igen. Ett bakslag betyder inte att du är
            tillbaka där du började.

            ## Tillbaka till jobbet
            Gå hellre tillbaka för sakta än för fort. Du, din läkare, chefen och Försäkringskassan
            kan göra en plan ihop. Du har rätt att ta med någon till mötena.

            ## Våra träffar och din ork
            På varje aktivitet står det hur många ni blir, hur mycket det låter och när det är
            paus. Du får gå när du vill. Du får komma sent. Orkar du inte komma alls är du lika
            välkommen nästa gång.

            > Se lugna träffar på dagen: /aktiviteter/?tid=dag
        """,
    ),
]
