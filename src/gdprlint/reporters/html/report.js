// Filters, links to a finding, and paper. Everything works on what the page holds; without this it is the full list.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  // The same words again would be read aloud again.
  const say = (el, words) => { if (el.textContent !== words) el.textContent = words; };

  // ---- findings and their filters

  const told = byId("told");
  const full = told.textContent;
  const filters = byId("filters");
  const party = byId("by-party"), article = byId("by-article"), severity = byId("by-severity"), words = byId("by-words");
  const groups = new Map(all("#findings .activity, #findings .register").map((el) => [el, { el, count: 0 }]));
  const findings = all("details.finding").map((el) => ({
    el,
    severity: el.dataset.severity,
    parties: el.dataset.parties.split(" "),
    articles: el.dataset.articles.split(" "),
    accepted: Boolean(el.closest("#accepted")),
    groups: [el.closest(".activity"), el.closest(".register")].filter(Boolean).map((at) => groups.get(at)),
    text: null,
  }));

  // Read when words are first looked for: a large page opens without it.
  const textOf = (finding) => {
    if (finding.text === null) {
      const heads = finding.groups.map((group) => group.el.firstElementChild.textContent);
      finding.text = [...heads, finding.el.textContent].join(" ").toLowerCase();
    }
    return finding.text;
  };

  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const filtered = Boolean(party.value || article.value || severity.value || wanted.length);
    const counts = { shown: 0, all: 0, accepted: 0, allAccepted: 0 };
    groups.forEach((group) => { group.count = 0; });
    for (const finding of findings) {
      const fits = (!severity.value || finding.severity === severity.value) &&
        (!party.value || finding.parties.includes(party.value)) &&
        (!article.value || finding.articles.includes(article.value)) &&
        wanted.every((word) => textOf(finding).includes(word));
      if (finding.el.hidden === fits) finding.el.hidden = !fits;
      counts[finding.accepted ? "allAccepted" : "all"] += 1;
      if (fits) {
        counts[finding.accepted ? "accepted" : "shown"] += 1;
        for (const group of finding.groups) group.count += 1;
      }
    }
    groups.forEach((group) => { if (group.el.hidden !== (group.count === 0)) group.el.hidden = group.count === 0; });
    const also = counts.allAccepted ? `, and ${counts.accepted} of ${counts.allAccepted} accepted` : "";
    const noun = counts.all === 1 ? "finding" : "findings";
    say(told, filtered ? `Showing ${counts.shown} of ${counts.all} ${noun}${also}.` : full);
    told.classList.toggle("filtered", filtered);
  };

  let waiting = 0;
  words.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 150); });
  for (const field of [party, article, severity]) field.addEventListener("change", apply);
  filters.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  const clear = () => {
    for (const field of [party, article, severity, words]) field.value = "";
    apply();
  };
  filters.addEventListener("reset", (event) => { event.preventDefault(); clear(); });

  const setOpen = (open) => { for (const finding of findings) if (!finding.el.hidden) finding.el.open = open; };
  byId("open-all").addEventListener("click", () => setOpen(true));
  byId("close-all").addEventListener("click", () => setOpen(false));

  // The names in the summary choose themselves in the filters.
  for (const table of all("table.counts")) {
    const field = byId(table.dataset.filter);
    for (const head of all("th[data-key]", table)) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        clear();
        field.value = head.dataset.key;
        apply();
        byId("findings-title").focus({ preventScroll: true });
        byId("findings").scrollIntoView();
      });
    }
  }
  filters.hidden = findings.length === 0;
  apply();

  // ---- what was looked at

  const outcome = byId("by-outcome");
  const rows = all("tr.part");
  const bodies = all("table.watched tbody");

  const watch = () => {
    for (const row of rows) row.hidden = Boolean(outcome.value) && row.dataset.outcome !== outcome.value;
    for (const body of bodies) body.hidden = !body.querySelector("tr.part:not([hidden])");
    const watched = rows.filter((row) => row.closest(".watched"));
    const shown = watched.filter((row) => !row.hidden).length;
    say(byId("told-outcomes"), outcome.value ? `Showing ${shown} of ${watched.length} rows of provisions.` : "");
  };

  if (outcome) {
    byId("outcomes").hidden = false;
    byId("outcomes").addEventListener("submit", (event) => event.preventDefault());
    outcome.addEventListener("change", watch);
    outcome.value = "";
  }

  // ---- a link to a finding shows it, whatever is filtered or closed

  const goTo = () => {
    let id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const el = id && byId(id);
    if (!el) return;
    if (el.closest("[hidden]")) {
      clear();
      if (outcome) { outcome.value = ""; watch(); }
    }
    if (el.matches("details")) {
      el.open = true;
      el.querySelector("summary").focus({ preventScroll: true });
    }
    el.scrollIntoView();
  };
  window.addEventListener("hashchange", goTo);
  window.addEventListener("load", goTo);  // the browser goes there first, and takes the focus

  // ---- on paper everything that is shown is open

  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const el of closed) el.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const el of closed) el.open = false;
    closed = [];
  });
})();
