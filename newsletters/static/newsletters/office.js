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

    // How much it is to read, while it is written in the editor.
    const figure = document.getElementById("issue-figure");
    const written = () => {
        const fields = document.querySelectorAll("[name=greeting], input[type=text][name^=body-]");
        const rich = document.querySelectorAll(".Draftail-Editor [contenteditable=true]");
        return [...fields].map((field) => field.value).concat([...rich].map((one) => one.innerText));
    };
    if (figure) {
        document.addEventListener("keyup", () => {
            const words = written().join(" ").split(/\s+/).filter(Boolean).length;
            const minutes = Math.max(1, Math.round(words / Number(figure.dataset.pace)));
            const said = minutes === 1 ? figure.dataset.one : figure.dataset.many;
            figure.textContent = said.replace("{words}", words).replace("{minutes}", minutes);
        });
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
