// Filters, links to a finding, and paper. Everything works on what the page already holds; without this it is the full list.
(function () {
  "use strict";
  var byId = function (id) { return document.getElementById(id); };
  var all = function (selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); };

  // ---- findings and their filters

  var told = byId("told");
  var full = told.textContent;
  var filters = byId("filters");
  var fields = { party: byId("by-party"), article: byId("by-article"), severity: byId("by-severity"), words: byId("by-words") };
  var groups = all("#findings .activity, #findings .register").map(function (el) { return { el: el, count: 0 }; });
  var findings = all("details.finding").map(function (el) {
    return {
      el: el,
      severity: el.dataset.severity,
      parties: el.dataset.parties.split(" "),
      articles: el.dataset.articles.split(" "),
      groups: groupsOf(el),
      accepted: !el.closest("#findings"),
      text: null
    };
  });

  function groupsOf(el) {
    var found = [];
    for (var at = el.parentElement; at && at.id !== "findings"; at = at.parentElement) {
      if (at.matches(".activity, .register")) found.push(at);
    }
    return found;
  }

  // Groups by element, so that one pass over the findings counts them.
  var known = new Map(groups.map(function (group) { return [group.el, group]; }));
  findings.forEach(function (finding) {
    finding.groups = finding.groups.map(function (el) { return known.get(el); });
  });

  function textOf(finding) {
    if (finding.text === null) {
      var around = finding.groups.map(function (group) { return group.el.firstElementChild.textContent; });
      finding.text = (around.join(" ") + " " + finding.el.textContent).toLowerCase().replace(/\s+/g, " ");
    }
    return finding.text;
  }

  function apply() {
    var party = fields.party.value, article = fields.article.value, severity = fields.severity.value;
    var words = fields.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0, total = 0, accepted = 0, acceptedTotal = 0;
    groups.forEach(function (group) { group.count = 0; });
    findings.forEach(function (finding) {
      var fits = (!severity || finding.severity === severity) &&
        (!party || finding.parties.indexOf(party) >= 0) &&
        (!article || finding.articles.indexOf(article) >= 0) &&
        (!words.length || words.every(function (word) { return textOf(finding).indexOf(word) >= 0; }));
      if (finding.el.hidden === fits) finding.el.hidden = !fits;
      if (finding.accepted) { acceptedTotal += 1; accepted += fits ? 1 : 0; return; }
      total += 1;
      if (!fits) return;
      shown += 1;
      finding.groups.forEach(function (group) { group.count += 1; });
    });
    groups.forEach(function (group) { group.el.hidden = group.count === 0; });
    var filtered = Boolean(party || article || severity || words.length);
    var also = acceptedTotal ? ", and " + accepted + " of " + acceptedTotal + " accepted" : "";
    say(told, filtered ? "Showing " + shown + " of " + counted(total, "finding") + also + "." : full);
    told.classList.toggle("filtered", filtered);
  }

  // The same words again would be read aloud again.
  function say(el, words) { if (el.textContent !== words) el.textContent = words; }

  function counted(count, noun) { return count + " " + noun + (count === 1 ? "" : "s"); }

  var waiting = 0;
  function soon() { clearTimeout(waiting); waiting = setTimeout(apply, 150); }

  function showAll() { filters.reset(); }

  filters.hidden = !findings.length;
  filters.addEventListener("submit", function (event) { event.preventDefault(); apply(); });
  filters.addEventListener("reset", function () { setTimeout(apply, 0); });
  fields.words.addEventListener("input", soon);
  [fields.party, fields.article, fields.severity].forEach(function (field) { field.addEventListener("change", apply); });
  apply();

  function setOpen(open) { findings.forEach(function (finding) { if (!finding.el.hidden) finding.el.open = open; }); }
  byId("open-all").addEventListener("click", function () { setOpen(true); });
  byId("close-all").addEventListener("click", function () { setOpen(false); });

  // The names in the summary choose themselves in the filters.
  all("table.counts").forEach(function (table) {
    var field = byId(table.dataset.filter);
    all("th[data-key]", table).forEach(function (head) {
      var button = document.createElement("button");
      button.type = "button";
      button.append.apply(button, head.childNodes);
      head.append(button);
      button.addEventListener("click", function () {
        filters.reset();
        setTimeout(function () { field.value = head.dataset.key; apply(); byId("findings-title").focus(); byId("findings").scrollIntoView(); }, 0);
      });
    });
  });

  // ---- a link to a finding shows it, whatever is filtered or closed

  function goTo() {
    var id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch (error) { return; }
    var el = id && byId(id);
    if (!el) return;
    if (el.closest("[hidden]")) {
      if (el.closest("#findings, #accepted")) { showAll(); setTimeout(function () { apply(); reveal(el); }, 0); return; }
      if (outcome) { outcome.value = ""; watch(); }
    }
    reveal(el);
  }

  function reveal(el) {
    if (el.matches("details")) {
      el.open = true;
      el.querySelector("summary").focus({ preventScroll: true });
    }
    el.scrollIntoView();
  }

  // ---- what was looked at

  var outcome = byId("by-outcome");
  var rows = all("tr.part");
  var bodies = all("table.watched tbody");

  function watch() {
    var wanted = outcome.value, shown = 0, provisions = 0;
    rows.forEach(function (row) {
      row.hidden = Boolean(wanted) && row.dataset.outcome !== wanted;
      if (row.closest(".watched")) { provisions += 1; shown += row.hidden ? 0 : 1; }
    });
    bodies.forEach(function (body) { body.hidden = !body.querySelector("tr.part:not([hidden])"); });
    say(byId("told-outcomes"), wanted ? "Showing " + shown + " of " + provisions + " rows of provisions." : "");
  }

  if (outcome) {
    byId("outcomes").hidden = false;
    byId("outcomes").addEventListener("submit", function (event) { event.preventDefault(); });
    outcome.addEventListener("change", watch);
  }

  window.addEventListener("hashchange", goTo);
  window.addEventListener("load", goTo);  // the browser goes there first, and takes the focus

  // ---- on paper everything that is shown is open

  var closed = [];
  window.addEventListener("beforeprint", function () {
    closed = all("details:not([open])");
    closed.forEach(function (el) { el.open = true; });
  });
  window.addEventListener("afterprint", function () {
    closed.forEach(function (el) { el.open = false; });
    closed = [];
  });
})();
