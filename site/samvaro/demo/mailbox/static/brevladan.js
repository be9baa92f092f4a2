// New letters and codes appear by themselves. Without this script a reload shows them.
"use strict";

const main = document.querySelector("[data-live]");

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of main.querySelectorAll("[data-part]")) {
    const fresh = page.getElementById(part.id);
    // Never under the hands of someone who is choosing a letter with the keyboard.
    if (!fresh || part.contains(document.activeElement)) continue;
    if (part.innerHTML !== fresh.innerHTML) part.innerHTML = fresh.innerHTML;
  }
  document.getElementById("letters").textContent = page.getElementById("letters").textContent;
}

if (main) {
  setInterval(() => refresh().catch(() => {}), 3000);
  document.addEventListener("visibilitychange", () => refresh().catch(() => {}));
}

// On a phone the codes stand above the letters, so they wait folded.
if (matchMedia("(max-width: 60rem)").matches) {
  document.querySelector("aside details")?.removeAttribute("open");
}
