// Everything that is wrong with the page, as a list of sentences.
(() => {
  const wrong = [];
  const all = (s) => [...document.querySelectorAll(s)];
  const called = (e) => `<${e.tagName.toLowerCase()}> "${(e.textContent || e.name || "").trim().replace(/\s+/g, " ").slice(0, 50)}"`;
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0 && getComputedStyle(e).clipPath === "none";

  const width = document.documentElement.clientWidth; // innerWidth grows with what does not fit
  if (document.documentElement.scrollWidth > width) {
    const wide = all("main *").filter((e) => shown(e) && e.getBoundingClientRect().right > width && !e.closest(".scroll"));
    wrong.push(`scrolls sideways to ${document.documentElement.scrollWidth}: ${wide.slice(0, 3).map(called).join(", ")}`);
  }
  if (document.scripts.length) wrong.push("has a script");
  if (!document.title) wrong.push("has no title");
  if (all("main").length !== 1) wrong.push("has not one main part");

  // Headings: one h1, and no level left out on the way down.
  let level = 0;
  for (const h of all("h1, h2, h3, h4, h5, h6").filter(shown)) {
    const n = Number(h.tagName[1]);
    if (n > level + 1) wrong.push(`heading ${called(h)} comes after level ${level}`);
    level = n;
  }
  if (all("h1").length !== 1) wrong.push("has not one h1");

  for (const f of all("input:not([type=hidden]), select, textarea"))
    if (![...f.labels].some((l) => l.textContent.trim())) wrong.push(`field ${f.name} has no label`);
  for (const list of all("select, optgroup")) {
    const said = [...list.children].map((o) => o.label);
    for (const o of said) if (said.indexOf(o) !== said.lastIndexOf(o)) wrong.push(`option ${o} cannot be told from another`);
  }
  for (const e of all("a[href], button"))
    if (!(e.textContent.trim() || e.getAttribute("aria-label"))) wrong.push(`${e.outerHTML.slice(0, 60)} has no name`);
  for (const id of new Set(all("[id]").map((e) => e.id)))
    if (all(`[id="${CSS.escape(id)}"]`).length > 1) wrong.push(`id ${id} is there twice`);

  // A finger needs 44 pixels for what one steers with.
  if (width < 600)
    for (const e of all("header.top a, button, input:not([type=hidden]), select, summary, .links a, .card > header a").filter(shown)) {
      const ticked = e.type === "radio" || e.type === "checkbox"; // its label is as good
      const r = (ticked && e.closest("label") || e).getBoundingClientRect();
      if (r.height < 43.9 || r.width < 43.9) wrong.push(`${called(e)} is ${Math.round(r.width)} × ${Math.round(r.height)}`);
    }

  // Contrast of every text with the first background behind it. The pages have
  // opaque backgrounds only; anything else is wrong by itself.
  const rgba = (s) => s.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = rgba(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
      if (c[3] > 0) wrong.push(`${called(e)} has a background one can see through`);
    }
    return [255, 255, 255];
  };
  const seen = new Set();
  for (const e of all("body *")) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !shown(e)) continue;
    const style = getComputedStyle(e), [a, b] = [light(rgba(style.color)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const kind = `${e.tagName}.${e.className} ${ratio.toFixed(2)}`;
    if ((ratio < 4.5 || style.opacity !== "1") && !seen.has(kind)) wrong.push(`contrast of ${called(e)} is ${ratio.toFixed(2)}`);
    seen.add(kind);
  }
  return wrong;
})();
