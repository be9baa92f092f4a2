"""What activities at the same place, or of the same sort, have in common."""

from typing import Any

Facts = dict[str, Any]

HOUSE: Facts = {
    "where": "on_site",
    "place": "Instrumentvägen 10, Hägersten",
    "directions": "Närmaste tunnelbana är Telefonplan, röd linje. Gå ut mot Instrumentvägen.\n"
    "Ring på porttelefonen, där det står Balans. Hittar du inte? Ring 0761-04 50 42, så möter vi "
    "dig.",
    "access": "Kommer du med rullstol eller rullator? Säg till, så möter vi dig i porten.",
}
HOUSE_AND_ONLINE: Facts = {
    **HOUSE,
    "where": "both",
    "digital_link": "https://video.exempel.se/balans-sal",
}
ONLINE: Facts = {
    "where": "online",
    "digital_link": "https://video.exempel.se/balans-rum",
    "sound": "Du bestämmer själv. Du kan stänga av din mikrofon",
    "light": "Du bestämmer själv",
    "seating": "Sitt eller ligg som du vill",
    "bring_someone": "Nej, i rummet är bara de som är anmälda",
    "access": "Telefon eller dator räcker. Behöver du hjälp att komma in? Mejla oss dagen innan.",
}
CAFE: Facts = {
    "sign_up": "none",
    "audience": "Alla. Du behöver inte vara medlem",
    "for_relatives": True,
    "for_newcomers": True,
    "people": "Ungefär 8–15",
    "sound": "Prat runt borden. Ingen musik",
    "light": "Dämpat. Det går att sitta vid fönstret",
    "pause": "När du vill. Det finns ett tyst rum bredvid",
    "seating": "Du kan sitta hela tiden",
    "bring_someone": "Ja, ta gärna med en vän",
    "energy": "little",
    "price_note": "Fika kostar 20 kr, om du vill ha",
}
WALK: Facts = {
    "where": "on_site",
    "audience": "Alla. Du behöver inte vara medlem",
    "for_relatives": True,
    "for_newcomers": True,
    "sound": "Utomhus. Lite trafik i början",
    "light": "Dagsljus. Ta gärna med solglasögon",
    "pause": "Vi stannar när någon vill",
    "bring_someone": "Ja, och hunden får följa med",
}
TALK: Facts = {
    "audience": "Alla som är intresserade. Du behöver inte vara medlem",
    "for_relatives": True,
    "people": "Upp till 40 på plats",
    "sound": "En som talar i mikrofon. Frågor på slutet",
    "light": "Vanligt ljus. Bilder visas på en skärm",
    "pause": "En kvart i mitten",
    "seating": "Stolar i rader. Det finns plats nära dörren",
    "bring_someone": "Ja, men anmäl er var för sig",
    "energy": "some",
}
GROUP: Facts = {
    "audience": "Du som är medlem",
    "people": "8–10, samma personer varje gång",
    "sound": "En talar i taget",
    "light": "Dämpat",
    "pause": "En kvart i mitten, med te",
    "seating": "Du sitter i en ring av stolar",
    "bring_someone": "Nej, gruppen är densamma varje gång",
    "energy": "some",
    "price_note": "Du behöver vara medlem när gruppen börjar",
}
GROUP_STEPS = """
Vi hälsar och läser upp det vi har lovat varandra.
Vi går laget runt. En talar i taget, och du får säga pass.
Vi väljer något att prata mer om, och slutar i tid.
"""
CREATIVE: Facts = {
    "audience": "Alla. Du behöver inte kunna måla",
    "people": "Högst 8",
    "sound": "Tyst, ibland låg musik",
    "light": "Ljust vid borden, dämpat i soffan",
    "pause": "När du vill. Te och frukt finns framme",
    "seating": "Sitt eller stå vid bordet",
    "bring_someone": "Ja, men anmäl er var för sig",
    "energy": "little",
}
ABROAD: Facts = {
    "where": "on_site",
    "audience": "Alla. Du behöver inte vara medlem",
    "for_relatives": True,
    "bring_someone": "Ja, men anmäl er var för sig",
    "energy": "some",
}
YOGA: Facts = {
    **ONLINE,
    "audience": "Alla. Du behöver inte ha gjort yoga förut",
    "for_newcomers": True,
    "people": "Ungefär 10–20 bakom varsin skärm",
    "pause": "Gör bara det du vill. Vila när du behöver",
    "seating": "På golvet, i sängen eller på en stol",
    "energy": "little",
}
