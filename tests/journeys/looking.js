// The part of looking.py that runs in the page.
(() => {
  const all = selector => [...document.querySelectorAll(selector)]
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary"
  const VAGUE = ["läs mer", "klicka här", "här", "mer"]
  const TOKENS = {"Namn": "name", "E-post": "email", "Kod": "one-time-code"}

  function shown(element) {
    const box = element.getBoundingClientRect()
    const seen = element.checkVisibility({visibilityProperty: true, opacityProperty: true})
    return seen && box.width > 1 && box.height > 1 && !element.closest(".trap")
  }

  function name(element) {
    const words = element.labels?.[0]?.innerText || element.innerText || element.value || ""
    return words.trim().replace(/\s+/g, " ").slice(0, 60) || element.outerHTML.slice(0, 80)
  }

  // What one presses, seen as a box: a tick or a dot is pressed by its whole row.
  const pressed = element => element.closest("label") || element

  function cutOff() {
    const root = document.documentElement
    const faults = []
    if (root.scrollWidth > root.clientWidth)
      faults.push(`scrolls sideways: ${root.scrollWidth} in ${root.clientWidth} px`)
    for (const element of all("body *")) {
      if (!shown(element) || element.closest("svg, .skip")) continue
      const box = element.getBoundingClientRect()
      if (box.right > root.clientWidth + 1 || box.left < -1)
        faults.push(`${element.tagName} outside: ${name(element)}`)
      const hides = /hidden|clip/.test(getComputedStyle(element).overflow)
      const larger = element.scrollWidth > element.clientWidth + 1
        || element.scrollHeight > element.clientHeight + 1
      if (hides && larger && element.innerText?.trim() && !element.matches(".visually-hidden"))
        faults.push(`${element.tagName}.${element.className} hides some of: ${name(element)}`)
    }
    return [...new Set(faults)]
  }

  // In running text: a link with words beside it on its line.
  function inline(element) {
    if (getComputedStyle(element).display !== "inline") return false
    const around = element.closest("p, li, dd, dt, td, span:not(:only-child)")
    return !!around && around.innerText.trim().length > element.innerText.trim().length
  }

  // A card is pressed anywhere: its link has a box laid over all of it.
  function reaches(element, x, y) {
    const hit = document.elementFromPoint(x, y)
    return !!hit && (hit === element || element.contains(hit) || hit.contains(element) &&
      hit.matches("label"))
  }

  function smallTargets() {
    const faults = []
    for (const element of all(CONTROLS)) {
      if (!shown(element) || element.matches(".skip")) continue
      const goal = pressed(element)
      goal.scrollIntoView({block: "center"})
      const box = goal.getBoundingClientRect()
      const wide = Math.round(box.width * 10) / 10, high = Math.round(box.height * 10) / 10
      if (inline(element)) {
        const line = parseFloat(getComputedStyle(element).lineHeight)
        if (line < 24) faults.push(`line of ${line} px: ${name(element)}`)
        continue
      }
      if (wide >= 44 && high >= 44) continue
      const x = box.left + box.width / 2, y = box.top + box.height / 2
      const around = [[0, -21], [0, 21], [-21, 0], [21, 0]]
      if (!around.every(([right, down]) => reaches(goal, x + right, y + down)))
        faults.push(`${wide} × ${high} px: ${name(element)}`)
    }
    return faults
  }

  function moving() {
    return document.getAnimations().map(found => found.animationName || found.transitionProperty)
  }

  // --- Tab ----------------------------------------------------------------------------------

  let order = [], seen = new Set(), last = null

  function startAgain() {
    order = [...document.querySelectorAll("*")]
    seen = new Set()
    last = null
    // Tab begins after what had the focus last: that shall be the top of the page.
    document.body.tabIndex = -1
    document.body.focus()
    document.body.blur()
    document.body.removeAttribute("tabindex")
    scrollTo(0, 0)
  }

  // Every control that Tab should reach: of a group of dots, one.
  function controls() {
    const found = all(CONTROLS).filter(element => element.tabIndex >= 0 && (shown(element)
      || element.matches(".skip")))
    const groups = new Set()
    return found.filter(element => {
      if (element.type !== "radio") return true
      const chosen = all(`input[type=radio][name="${element.name}"]:checked`)[0]
      if (chosen && chosen !== element) return false
      return !groups.has(element.name) && !!groups.add(element.name)
    }).map(element => order.indexOf(element))
  }

  const outlines = element => [
    getComputedStyle(element), getComputedStyle(element, "::after"),
    getComputedStyle(pressed(element)),
  ]

  function stop() {
    const element = document.activeElement
    if (!element || element === document.body) return null
    // A field for a day has a stop for the year, one for the month and one for the day.
    const within = element === last && /^(date|datetime-local|time)$/.test(element.type)
    const known = seen.has(element) && !within
    seen.add(element)
    last = element
    const box = element.getBoundingClientRect(), faults = []
    const x = box.left + box.width / 2, y = box.top + box.height / 2
    const visible = outlines(element).some(style =>
      parseFloat(style.outlineWidth) >= 2 && !["none", "hidden"].includes(style.outlineStyle))
    if (!visible) faults.push("nothing shows the focus")
    const fits = box.height > innerHeight || (box.top >= -1 && box.bottom <= innerHeight + 1)
    if (!fits || box.left < -1 || box.right > innerWidth + 1)
      faults.push("focus outside of the window")
    else if (box.height <= innerHeight) {
      const hit = document.elementFromPoint(x, y)
      if (!hit || !(hit === element || element.contains(hit) || hit.contains(element)))
        faults.push(`focus hidden under ${hit?.outerHTML.slice(0, 60)}`)
    }
    return {
      name: name(element), goal: element.getAttribute("href"), faults, seen: known, within,
      number: order.indexOf(element),
    }
  }

  const nameOf = number => name(order[number])

  // --- shape --------------------------------------------------------------------------------

  function shape() {
    const faults = []
    const one = selector => {
      const number = all(selector).filter(shown).length
      if (number !== 1) faults.push(`${number} × ${selector}`)
    }
    ;["h1", "main", "body > header", "body > footer"].forEach(one)
    if (document.documentElement.lang !== "sv") faults.push("not in Swedish")
    const forbidden = ["[required]", "[placeholder]", "iframe", "video", "audio", "[accesskey]",
      "meta[http-equiv=refresh]", "[style]", "style",
      "script:not([src]):not([type='application/json'])"]
    for (const selector of forbidden)
      for (const element of all(selector))
        faults.push(`${selector}: ${element.outerHTML.slice(0, 100)}`)
    if (all("label, legend").some(label => label.innerText.includes("*"))) faults.push("asterisk")
    const goals = new Map()
    for (const link of all("a[href]").filter(shown)) {
      const words = name(link).toLowerCase()
      if (VAGUE.includes(words)) faults.push(`a link that says nothing: ${words}`)
      // WCAG 2.4.4: the other words of its item in a list say which one is meant.
      const item = link.closest("li, tr")?.innerText.trim() || ""
      const alone = item.length <= link.innerText.trim().length
      if (alone && goals.has(words) && goals.get(words) !== link.href)
        faults.push(`two goals for ${words}: ${goals.get(words)} and ${link.href}`)
      if (alone) goals.set(words, link.href)
      if (link.closest("main p, main li p, footer p") && !/button|call/.test(link.className)
        && !getComputedStyle(link).textDecorationLine.includes("underline"))
        faults.push(`a link without a line: ${words}`)
    }
    for (const field of all("main input, main textarea").filter(shown)) {
      const choice = /radio|checkbox/.test(field.type)
      const token = choice ? null : TOKENS[field.labels[0]?.innerText.trim()]
      if (token && field.autocomplete !== token)
        faults.push(`autocomplete of ${field.name} is ${field.autocomplete}`)
      if (!field.labels.length || !shown(field.labels[0])) faults.push(`no label: ${field.name}`)
    }
    for (const form of all("form[method=post]"))
      if (form.querySelector("input:not([type=hidden])") && !form.noValidate)
        faults.push(`the browser judges the form ${form.action}`)
    return faults
  }

  window.looking = {cutOff, smallTargets, moving, startAgain, stop, controls, nameOf, shape}
})()
