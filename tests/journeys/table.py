"""Every kind of page and every state of every form: how one comes there and what it is called."""

from dataclasses import dataclass

from playwright.sync_api import Page, Response

from tests.journeys import circles, visiting, ways
from tests.journeys.evenings import as_leader
from tests.journeys.world import SHORT_NAME, World, day

# These begin the title alone: the start page is the association, and a fault knows no name.
WITHOUT_NAME = ("Föreningen Balans Stockholm", "Något gick fel hos oss")


@dataclass(frozen=True)
class Place:
    """`way`: the address, with the names of letters' links in braces, or the steps to it."""

    name: str
    title: str
    way: str | ways.Way
    status: int = 200
    # HTML, styles and scripts together, uncompressed (ux.md R4).
    kilobytes: int = 60
    # Somebody has logged in or is about to: a cookie is needed.
    session: bool = False
    # What only this state of the page says.
    says: str = ""

    def __str__(self) -> str:
        return self.name

    @property
    def full_title(self) -> str:
        return self.title if self.title in WITHOUT_NAME else f"{self.title} – {SHORT_NAME}"

    def visit(self, page: Page, world: World) -> Response:
        """Go there. The answer is that of the page that is shown in the end."""
        to = self.way
        response = page.goto(to.format(**world.links)) if isinstance(to, str) else to(page, world)
        assert response
        return response


LECTURE = "Föreläsning om att snarka och vila"
SIGN_UP_EMPTY = ways.sends_empty("/aktiviteter/somn/anmalan/", "Anmäl mig")
QUEUE_EMPTY = ways.sends_empty("/aktiviteter/utflykt/ko/", "Ställ mig i kö")

PLACES = [
    Place("start", "Föreningen Balans Stockholm", "/"),
    Place("section", "Stöd och råd", "/stod/"),
    Place("content", "Allt som en sida kan ha", "/stod/alla-block/"),
    Place("another section", "Om oss", "/om-oss/"),
    Place("news", "Nyheter", "/nyheter/"),
    Place("more news", "Nyheter", "/nyheter/?sida=2"),
    Place("one of the news", "Vi har flyttat in, del 12", "/nyheter/flytt-12/"),
    Place("crisis", "Akut hjälp", "/akut-hjalp/", kilobytes=20),
    Place("statement", "Tillgänglighet", "/tillganglighet/"),
    Place("site map", "Webbkarta", "/webbkarta/"),
    Place("search", "Sök på sidan", "/sok/"),
    Place("found", "Sök på sidan", "/sok/?q=sömn", says="träffar på sömn"),
    Place("not found", "Sök på sidan", "/sok/?q=xylofon", says="Vi hittade inget på xylofon"),
    Place("look", "Anpassa sidan", "/anpassa/"),
    Place("look saved", "Anpassa sidan", ways.saves_the_look, says="Sparat."),
    # --- activities
    Place("list", "Aktiviteter", "/aktiviteter/"),
    Place("list, page 2", "Aktiviteter", "/aktiviteter/?sida=2"),
    Place("list, filtered", "Aktiviteter", "/aktiviteter/?visa=digitalt"),
    Place("list, nothing", "Aktiviteter", "/aktiviteter/?visa=digitalt&tid=dag&for=anhoriga",
          says="Inget just nu med de valen."),
    Place("activity", LECTURE, "/aktiviteter/somn/"),
    Place("activity, full", "Utflykt till Drottningholm", "/aktiviteter/utflykt/",
          says="Fullt – du kan ställa dig i kö"),
    Place("activity, no queue", "Mjuk yoga", "/aktiviteter/yoga/", says="Fullt"),
    Place("activity, no sign-up", "Öppet hus", "/aktiviteter/cafe/",
          says="Kom som du är. Du behöver inte anmäla dig."),
    Place("activity, not yet", "Vinterpromenad", "/aktiviteter/snart/", says="Anmälan öppnar"),
    Place("activity, closed", "Museibesök", "/aktiviteter/stangd/", says="Anmälan har stängt"),
    Place("activity, cancelled", "Körsång", "/aktiviteter/installd/", says="Träffen är inställd."),
    Place("activity, series", "Skrivcirkel", "/aktiviteter/cirkel/", says="Extra gång (inställt)"),
    Place("activity, online", "Samtal på skärm", "/aktiviteter/digital/",
          says="Länken får du när du är anmäld."),
    Place("form", "Anmälan", "/aktiviteter/somn/anmalan/"),
    Place("form, wrong", "Fel: Anmälan", SIGN_UP_EMPTY, 422, says="Något saknas"),
    Place("form, done", "Klart", ways.signs_up, says="Klart. Vi ses!"),
    Place("form, too late", "Stå i kö", ways.comes_too_late, 422, says="Platsen hann ta slut."),
    Place("form, closed", "Museibesök", "/aktiviteter/stangd/anmalan/", says="Anmälan har stängt"),
    Place("form, not yet", "Vinterpromenad", "/aktiviteter/snart/anmalan/",
          says="Anmälan har inte öppnat än"),
    Place("form, cancelled", "Körsång", "/aktiviteter/installd/anmalan/",
          says="Träffen är inställd"),
    Place("form, no queue", "Mjuk yoga", "/aktiviteter/yoga/anmalan/",
          says="Den här träffen har ingen kö."),
    Place("form, no sign-up", "Öppet hus", "/aktiviteter/cafe/anmalan/",
          says="Du behöver inte anmäla dig"),
    Place("activity, no date yet", "Skrivargrupp för nybörjare",
          "/aktiviteter/skrivargrupp-nyborjare/", says="Inget datum än."),
    Place("interest", "Anmäl intresse", "/aktiviteter/skrivargrupp-nyborjare/intresse/"),
    Place("interest, wrong", "Fel: Anmäl intresse",
          ways.sends_empty("/aktiviteter/skrivargrupp-nyborjare/intresse/", "Anmäl intresse"), 422,
          says="Något saknas"),
    Place("interested", "Ditt intresse", "/intresse/{interested}/", says="Du står på listan"),
    Place("away", "Kan du inte komma?", "/bokning/{series}/orkar-inte/{series_time}/",
          says="Du behåller din plats de andra gångerna."),
    Place("booking, series", "Din anmälan", "/bokning/{series}/",
          says="Kan du inte komma någon gång?"),
    Place("booking, paying", "Din anmälan", "/bokning/{paying}/", says="Platsen väntar på dig"),
    Place("pay for a place", "Betala", "/bokning/{paying}/betala/", says="Vi håller platsen till"),
    Place("queue", "Stå i kö", "/aktiviteter/utflykt/ko/"),
    Place("queue, wrong", "Fel: Stå i kö", QUEUE_EMPTY, 422, says="Något saknas"),
    Place("queue, done", "Du står i kö", ways.joins_queue,
          says="I mejlet står vilket nummer du har"),
    # --- for those who work in care, and what members tell about it
    Place("visit", "Boka ett besök", "/om-oss/for-varden/boka/"),
    Place("visit, wrong", "Fel: Boka ett besök",
          ways.sends_empty("/om-oss/for-varden/boka/", "Skicka"), 422, says="Något saknas"),
    Place("visit, asked for", "Tack", visiting.books_a_visit, says="svarar dig senast"),
    Place("brochures", "Beställ broschyrer", "/om-oss/for-varden/broschyrer/"),
    Place("questions", "Tre korta frågor", visiting.opens_questions),
    Place("councils", "Patientråd", "/engagera-dig/patientrad/", says="Lediga platser"),
    Place("tell", "Berätta om vården", "/om-oss/intressepolitik/beratta/"),
    Place("tell, wrong", "Fel: Berätta om vården",
          ways.sends_empty("/om-oss/intressepolitik/beratta/", "Skicka"), 422,
          says="En sak saknas"),
    Place("told", "Tack", "/om-oss/intressepolitik/tack/", says="Tack för att du berättade"),
    Place("phone", "Telefonen", ways.as_staff("/samordning/telefon/"), session=True),
    # --- helping
    Place("help", "Engagera dig", "/engagera-dig/", says="Anmäl intresse"),
    Place("help, role", "Promenadledare", "/engagera-dig/uppdrag/promenadledare/"),
    Place("help, form", "Anmäl dig som volontär", "/engagera-dig/anmalan/"),
    Place("help, wrong", "Fel: Anmäl dig som volontär",
          ways.sends_empty("/engagera-dig/anmalan/", "Skicka"), 422, says="Något saknas"),
    # --- becoming a member
    Place("join", "Bli medlem", "/bli-medlem/", says="per år."),
    Place("join, supporting", "Stödmedlem", "/bli-medlem/stodmedlem/", says="600"),
    Place("join, details", "Dina uppgifter", "/bli-medlem/uppgifter/", says="Vem är du?"),
    Place("join, wrong", "Fel: Dina uppgifter",
          ways.sends_empty("/bli-medlem/uppgifter/", "Fortsätt"), 422, says="Något saknas"),
    Place("join, address", "Din adress", ways.joins(paper=True),
          says="Vart ska vi skicka den?"),
    Place("join, pay", "Betala", ways.joins(), says="Hur vill du betala?"),
    Place("join, nothing paid", "Betala", ways.joins(cancelled=True), says="Inget är betalt."),
    Place("join, no way chosen", "Fel: Betala", ways.joins(press="Fortsätt till betalning"), 422,
          says="Välj hur du vill betala"),
    Place("join, saved", "Titta i din e-post", ways.joins(press="Spara och fortsätt senare"),
          says="Länken gäller i 30 dagar."),
    Place("join, waits", "Vi väntar på betalningen", ways.joins(invoice=True), says="OCR"),
    Place("join, welcome", "Välkommen", ways.joins(invoice=True, paid=True),
          says="Vill du hjälpa oss söka bidrag?"),
    Place("renew", ways.RENEW_TITLE, ways.renews(), says="Jag vill inte fortsätta"),
    Place("renew, waits", "Vi väntar på betalningen", ways.renews(invoice=True), says="OCR"),
    Place("renew, done", "Du är med", ways.renews(paid=True), says="Du behöver inte göra något mer."),
    Place("leave", "Sluta som medlem", ways.renews("sluta/"), says="Du är alltid välkommen tillbaka."),
    Place("left", "Tack för den här tiden", ways.renews("sluta/", press="Sluta som medlem"),
          says="Nu är du inte längre medlem."),
    # --- what the links in letters open
    Place("booking", "Din anmälan", "/bokning/{booking}/", says="Jag kommer"),
    Place("booking, coming", "Din anmälan", "/bokning/{coming}/",
          says="Du har sagt att du kommer."),
    Place("booking, online", "Din anmälan", "/bokning/{online}/", says="Du har en plats"),
    Place("booking, in the queue", "Din anmälan", "/bokning/{waiting}/",
          says="Vi mejlar om det blir en plats."),
    Place("booking, resting", "Din anmälan", "/bokning/{resting}/", says="vilar i kön"),
    Place("booking, declined", "Din anmälan", "/bokning/{declined}/", says="Du har tackat nej"),
    Place("booking, left the queue", "Din anmälan", "/bokning/{left}/", says="Du har lämnat kön"),
    Place("booking, cancelled", "Din anmälan", "/bokning/{cancelled}/",
          says="Din plats är avbokad"),
    Place("booking, over", "Din anmälan", "/bokning/{over}/", says="Träffen har varit."),
    Place("cancel", "Avboka", "/bokning/{booking}/avboka/", says="Avboka din plats?"),
    Place("offer", "Din plats", "/plats/{offered}/", says="Svara gärna senast"),
    Place("offer, yes", "Din plats", "/plats/{accepted}/", says="Bra, platsen är din"),
    Place("offer, no", "Din plats", "/plats/{refused}/", says="Tack för att du sa till"),
    Place("offer, late", "Din plats", "/plats/{lapsed}/", says="Tiden för svaret är slut"),
    Place("offer, gone", "Din plats", ways.says_yes_too_late, 422, says="Platsen har gått vidare"),
    Place("offer, resting", "Din plats", "/plats/{rests}/", says="Vi har frågat dig två gånger"),
    Place("offer, soon", "Din plats", "/plats/{soon}/", says="Den som svarar först får platsen."),
    Place("offer, out", "Din plats", "/plats/{out}/", says="Du har lämnat kön"),
    # --- a talk group that is a study circle
    Place("promise", "Det vi lovar varandra", circles.has_a_place("lofte/"),
          says="Det tar en minut."),
    Place("promise, wrong", "Fel: Det vi lovar varandra",
          circles.has_a_place("lofte/", press="Spara"), 422, says="En sak saknas"),
    Place("identity", "Uppgifter till studieförbundet",
          circles.has_a_place("studieforbundet/"), says="Därför frågar vi om ditt personnummer."),
    Place("identity, wrong", "Fel: Uppgifter till studieförbundet",
          circles.has_a_place("studieforbundet/", press="Spara"), 422, says="Något saknas"),
    Place("identity, known", "Uppgifter till studieförbundet",
          circles.has_a_place("studieforbundet/", known=True), says="Nu har vi det vi behöver."),
    Place("offer, talk group", "Din plats", circles.is_offered(),
          says="Det som sägs här stannar här."),
    Place("offer, not read", "Fel: Din plats", circles.is_offered(press="Ja, jag tar platsen"), 422,
          says="Kryssa i rutan om du håller med"),
    # --- the newsletter
    Place("newsletter", "Nyhetsbrev", "/nyhetsbrev/", says="Vi mäter inte vem som öppnar."),
    Place("newsletter, archive", "Tidigare nyhetsbrev", "/nyhetsbrev/arkiv/"),
    Place("newsletter, archived", "Det här händer hos oss", "/nyhetsbrev/arkiv/{archived}/",
          says="Kort sagt"),
    Place("newsletter, wrong", "Fel: Nyhetsbrev",
          ways.sends_empty("/nyhetsbrev/", "Prenumerera"), 422, says="Något saknas"),
    Place("newsletter, asked", "Titta i din e-post", "/nyhetsbrev/titta-i-din-e-post/"),
    Place("newsletter, address", "Ny e-post", "/ny-epost/"),
    Place("newsletter, address wrong", "Fel: Ny e-post", ways.sends_empty("/ny-epost/", "Skicka"), 422,
          says="Något saknas"),
    Place("newsletter, address asked", "Titta i din e-post", "/ny-epost/titta-i-din-e-post/"),
    Place("newsletter, confirm", "Vill du ha nyhetsbrevet?", "/bekrafta/{opt_in}/"),
    Place("newsletter, confirmed", "Det är klart", "/bekrafta/{opted_in}/"),
    Place("newsletter, choice", "Ditt nyhetsbrev", "/nyhetsbrev/val/{letters}/"),
    Place("newsletter, ended", "Klart", "/nyhetsbrev/val/{no_letters}/?slut=weekly",
          says="Ångra"),
    Place("newsletter, end", "Avsluta nyhetsbrevet", "/nyhetsbrev/avsluta/{end_letters}/"),
    # --- what one does not wish for
    Place("link expired", "Länken har gått ut", "/bokning/{expired}/", 410),
    Place("nothing there", "Sidan finns inte", "/finns-inte/", 404),
    Place("too often", "Vänta en liten stund", ways.comes_too_often, 429),
    Place("refused", "Vi kunde inte ta emot formuläret", ways.comes_from_another_site, 403,
          says="Det du skrev finns kvar."),
    Place("fault", "Något gick fel hos oss", ways.meets_a_fault_of_ours, 500),
    # --- the door
    Place("log in", "Logga in", "/logga-in/"),
    Place("log in, wrong", "Fel: Logga in",
          ways.sends_empty("/logga-in/", "Skicka länk och kod"), 422),
    Place("code", "Titta i din e-post", ways.waits_for_code, session=True),
    Place("code, wrong", "Fel: Titta i din e-post", ways.types_wrong_code, 422, session=True),
    Place("code, over", "Koden gäller inte längre", ways.guesses_too_often, 422, session=True),
    Place("code, elsewhere", "Fortsätt där du började", "/logga-in/kod/?kod=123456"),
    Place("step two", "Steg två", ways.meets_second_step, session=True),
    Place("locks, none yet", "Tvåstegsinloggning",
          ways.as_staff("/konto/tva-steg/", factor=False), session=True, says="Ett steg till, sedan är du inne"),
    Place("locks", "Tvåstegsinloggning", ways.as_staff("/konto/tva-steg/"), session=True),
    Place("app", "Använd en app", ways.as_staff("/konto/tva-steg/app/", factor=False),
          session=True),
    Place("app, away", "Ta bort appen", ways.as_staff("/konto/tva-steg/app/ta-bort/"),
          session=True),
    Place("new passkey", "Lägg till en passnyckel", ways.as_staff("/konto/tva-steg/nycklar/ny/"),
          session=True),
    Place("new codes", "Nya reservkoder", ways.as_staff("/konto/tva-steg/reservkoder/nya/"),
          session=True),
    Place("still you?", "Är det fortfarande du?", ways.as_staff("/admin/", ago=3600), session=True),
    # --- Mina sidor
    Place("mine", "Mina sidor", ways.as_member("/mina-sidor/"), session=True, says="Nästa träff"),
    Place("mine, calendar", "Din kalender", ways.as_member("/mina-sidor/kalender/"), session=True,
          says="Skapa en hemlig adress"),
    Place("mine, bookings", "Dina bokningar", ways.as_member("/mina-sidor/bokningar/"),
          session=True),
    Place("mine, membership", "Ditt medlemskap", ways.as_member("/mina-sidor/medlemskap/"),
          session=True, says="Medlemskort", kilobytes=90),
    Place("mine, data", "Dina uppgifter", ways.as_member("/mina-sidor/uppgifter/"), session=True),
    Place("mine, change", "Ändra dina uppgifter", ways.as_member("/mina-sidor/uppgifter/andra/"),
          session=True),
    Place("mine, new address", "Byt e-post", ways.as_member("/mina-sidor/uppgifter/e-post/"),
          session=True, says="Vi skickar ett mejl till den nya adressen."),
    Place("new address", "Ny e-post", ways.proves_new_mailbox),
    Place("mine, newsletter", "Ditt nyhetsbrev", ways.as_member("/mina-sidor/nyhetsbrev/"),
          session=True, says="Hur ofta vill du ha det?"),
    Place("mine, fetch", "Hämta dina uppgifter", ways.as_member("/mina-sidor/uppgifter/hamta/"),
          session=True),
    Place("mine, erase", "Radera dina uppgifter", ways.as_member("/mina-sidor/uppgifter/radera/"),
          session=True),
    Place("mine, looks", "Vem kan se mina uppgifter?", ways.as_member("/mina-sidor/vem-kan-se/"),
          session=True),
    Place("erasing", "Dina uppgifter", ways.asks_to_be_erased,
          says="Ska vi ta bort dina uppgifter?"),
    # --- a leader's evening on a phone
    Place("evenings", "Dina träffar", as_leader("list"), session=True, says="I dag"),
    Place("evening", "Närvaro", as_leader("evening"), session=True, says="Vilka är här?"),
    Place("evening, by link", "Närvaro", as_leader("link"), says="Här syns bara förnamn."),
    Place("evening, saved", "Närvaro", as_leader("evening", saved=True), session=True,
          says="7 av 10 var här."),
    Place("evening, changed", "Närvaro", as_leader("evening", saved=True, more="?andra"),
          session=True, says="Vilka är här?"),
    Place("evening, called off", "Träffen blev inställd", as_leader("evening", more="installd/"),
          session=True, says="Ställ in träffen"),
    Place("evening, moved", "Flytta träffen",
          as_leader("evening", more="flytta/", starts_at=day(3, 18)), session=True),
    Place("evening, to come", "Närvaro", as_leader("evening", starts_at=day(3, 18)),
          session=True, says="10 har plats"),
    Place("counter", "Räkna besök", as_leader("counter", people=0, no_sign_up=True),
          session=True, says="+ 1 besök"),
    Place("after the shift", "Efter passet",
          as_leader("counter", people=0, no_sign_up=True, more="pass/"), session=True),
    Place("log out", "Logga ut", ways.as_staff("/logga-ut/"), session=True),
]  # fmt: skip
