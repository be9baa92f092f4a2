// What a page of a letter says while somebody waits or types. Without it all is there, one load later.
(() => {
    "use strict";

    // Characters that are left, said in words.
    for (const line of document.querySelectorAll("[data-count]")) {
        const field = document.getElementById(line.dataset.count);
        const say = () => {
            const left = Number(line.dataset.most) - field.value.length;
            const words = left < 0 ? line.dataset.over : line.dataset.words;
            line.textContent = words.replace("{left}", Math.abs(left));
        };
        field.addEventListener("input", say);
        say();
    }

    // A link is being tried: the list is asked for again until all have answered.
    const place = document.querySelector("[data-checks]");
    const again = async () => {
        if (!place || !place.querySelector("[data-waits]")) {
            return;
        }
        const answer = await fetch(place.dataset.checks, { credentials: "same-origin" });
        if (answer.ok) {
            place.innerHTML = await answer.text();
        }
        setTimeout(again, 4000);
    };
    setTimeout(again, 4000);
})();
