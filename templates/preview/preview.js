"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const id = (name) => document.getElementById(name);
const LISTED = 300;
const KEPT = `deckbuild preview ${data.name}`;
const state = { card: "", back: false, night: false, phone: true, view: "cards", text: "", section: "", kind: "", wrong: "" };
let found = [];
let listed = [0, 0];

const keep = () => { try { sessionStorage.setItem(KEPT, JSON.stringify(state)); } catch { /* a page without storage */ } };
try { Object.assign(state, JSON.parse(sessionStorage.getItem(KEPT) || "{}")); } catch { /* nothing was kept */ }

function element(name, content, attributes = {}) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...[content].flat());
  return made;
}

// --- the card ---------------------------------------------------------------------------------------------

const whole = (html) => html
  .replace(/<i data-formula="(\d+)"><\/i>/g, (_, number) => data.formulas[number])
  .replace(/src="(db-[0-9a-f]{16}\.\w+)"/g, (all, name) => data.media[name] ? `src="${data.media[name]}"` : all)
  .replace(/\[sound:(db-[0-9a-f]{16}\.\w+)\]/g, (all, name) => data.media[name]
    ? `<${data.media[name].slice(5, 10)} controls src="${data.media[name]}"></${data.media[name].slice(5, 10)}>` : all);

function side(card) {
  return whole(state.back ? card.back.replace("\u0002", () => card.front) : card.front);
}

function show() {
  const card = found.find((each) => each.id === state.card);
  id("flip").textContent = state.back ? "Show question" : "Show answer";
  for (const name of ["previous", "flip", "next"]) id(name).disabled = !card;
  id("place").textContent = card ? `${card.source}:${card.line} · ${card.kind} · ${card.deck} · ${card.tags.join(" ")}` : "";
  id("wrongs").replaceChildren(...(card ? card.problems.map((at) => problem(data.problems[at])) : []));
  const night = state.night ? " nightMode night_mode" : "";
  const html = card ? side(card) : "";
  const frame = id("card");
  frame.title = card ? `Card ${found.indexOf(card) + 1} of ${found.length}, ${state.back ? "answer" : "question"}` : "No card";
  frame.srcdoc = `<!doctype html><html lang=""><meta charset="utf-8"><meta name="viewport" content="width=device-width">`
    + `<style>${data.css}</style><body class="card card${card ? card.ordinal : 1}${night}"><div id="qa">${html}</div>`;
  document.documentElement.classList.toggle("night", state.night);
  id("stage").classList.toggle("phone", state.phone);
  id("night").setAttribute("aria-pressed", state.night);
  id("phone").setAttribute("aria-pressed", state.phone);
  for (const button of id("list").querySelectorAll("[aria-current]")) button.removeAttribute("aria-current");
  const current = entry(state.card);
  if (current) {
    current.setAttribute("aria-current", "true");
    current.scrollIntoView({ block: "nearest" });
  }
  keep();
}

function step(by) {
  if (!found.length) return;
  const at = found.findIndex((each) => each.id === state.card);
  state.card = found[(at + by + found.length) % found.length].id;
  state.back = false;
  if (!entry(state.card)) list();
  show();
}

const flip = () => { state.back = !state.back; show(); };
const turn = (what) => { state[what] = !state[what]; show(); };

// --- the list ---------------------------------------------------------------------------------------------

const entry = (card) => id("list").querySelector(`[data-card="${CSS.escape(card)}"]`);

function item(card) {
  const which = card.ordinal > 1 ? ` (${card.ordinal})` : "";
  const wrong = card.problems.length ? " · problem" : "";
  const button = element("button", [
    `${card.question || "…"}${which}`, element("small", `${card.kind}${wrong} · ${card.section || card.source}`),
  ], { type: "button", "data-card": card.id });
  button.addEventListener("click", () => {
    state.card = card.id;
    state.back = false;
    show();
    id("frame").scrollIntoView({ block: "nearest" });
  });
  return element("li", button);
}

function list() {
  const at = Math.max(0, found.findIndex((each) => each.id === state.card));
  const first = Math.max(0, Math.min(at - LISTED / 2, found.length - LISTED));
  listed = [first, Math.min(found.length, first + LISTED)];
  id("list").replaceChildren(...found.slice(...listed).map(item));
}

function goOn() {
  const box = id("list");
  const [first, end] = listed;
  if (end < found.length && box.scrollTop + 2 * box.clientHeight > box.scrollHeight) {
    listed[1] = Math.min(found.length, end + LISTED);
    box.append(...found.slice(end, listed[1]).map(item));
  }
  if (first > 0 && box.scrollTop < box.clientHeight) {
    const below = box.scrollHeight - box.scrollTop;
    listed[0] = Math.max(0, first - LISTED);
    box.prepend(...found.slice(listed[0], first).map(item));
    box.scrollTop = box.scrollHeight - below;
  }
}

function filter() {
  const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
  found = data.cards.filter((card) =>
    (!state.kind || card.kind === state.kind)
    && (!state.section || place(card).startsWith(state.section))
    && (!state.wrong || card.problems.length)
    && words.every((word) => card.sought.includes(word)));
  if (!found.some((card) => card.id === state.card)) {
    state.card = found.length ? found[0].id : "";
    state.back = false;
  }
  id("count").textContent = `${found.length} of ${data.cards.length} cards`;
  list();
  show();
}

const place = (card) => `${card.source}\n${card.section}`;

function fillFilters() {
  const places = new Map();
  for (const card of data.cards) {
    card.sought = [card.question, card.text, card.tags.join(" "), card.section, card.source].join(" ").toLowerCase();
    places.set(`${card.source}\n`, card.source);
    if (card.section) places.set(place(card), `\u00a0\u00a0${card.section}`);
  }
  const grouped = [...places].sort(([one], [other]) => {
    const [a, b] = [one.split("\n")[0], other.split("\n")[0]];
    return a < b ? -1 : a > b ? 1 : 0;
  });
  id("section").append(...grouped.map(([value, text]) => element("option", text, { value })));
  const kinds = [...new Set(data.cards.map((card) => card.kind))];
  id("kind").append(...kinds.map((kind) => element("option", kind, { value: kind })));
  for (const name of ["text", "section", "kind", "wrong"]) {
    id(name).value = state[name];
    if (id(name).value !== state[name]) id(name).value = state[name] = "";
    id(name).addEventListener("input", () => { state[name] = id(name).value; filter(); });
  }
  id("filters").addEventListener("submit", (event) => event.preventDefault());
}

// --- sheet, ledger, problems ------------------------------------------------------------------------------

function problem(each) {
  return element("li", [
    element("strong", `${each.source}:${each.line}: ${each.severity}: `), `${each.message} [${each.code}] `,
    element("small", each.hint),
  ], { class: "message" });
}

function fillSheet() {
  if (data.sheet) {
    const bytes = Uint8Array.from(atob(data.sheet), (sign) => sign.charCodeAt(0));
    const address = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
    const fitted = `${address}#navpanes=0&view=FitH`;
    const link = element("a", "Open the sheet in a new tab", { href: address, target: "_blank", download: `${data.name}-sheet.pdf` });
    id("sheet").append(element("p", link));
    if (navigator.pdfViewerEnabled !== false) id("sheet").append(element("iframe", "", { src: fitted, title: "Sheet" }));
  } else if (data.sheetFile) {
    id("sheet").append(element("p", element("a", "The sheet is next to this page", { href: data.sheetFile })));
  } else {
    id("sheet").append(element("p", data.why || "There is no sheet."));
  }
}

function fillLedger() {
  const fates = Object.keys(data.ledger[0] ? data.ledger[0].counts : {});
  const head = element("tr", ["document", ...fates].map((text) => element("th", text, { scope: "col" })));
  const rows = data.ledger.map((each) => element("tr", [
    element("th", each.source, { scope: "row" }),
    ...fates.map((fate) => element("td", String(each.counts[fate]), { class: "number" })),
  ]));
  const table = element("table", [element("caption", "Lines by what became of them"), element("thead", head), element("tbody", rows)]);
  id("ledger").append(element("div", table, { class: "scroll" }));
  for (const each of data.ledger) {
    const details = element("details", element("summary", `${each.source}: each line`));
    details.addEventListener("toggle", () => {
      if (details.children.length > 1) return;
      const lines = each.claims.map(([line, end, fate, owner, why]) => element("tr",
        [line === end ? `${line}` : `${line}–${end}`, fate, owner, why].map((text) => element("td", text))));
      const names = ["lines", "fate", "owner", "why"].map((text) => element("th", text, { scope: "col" }));
      details.append(element("div", element("table", [element("thead", element("tr", names)), element("tbody", lines)]), { class: "scroll" }));
    });
    id("ledger").append(details);
  }
}

function fillProblems() {
  id("problems").append(data.problems.length
    ? element("ul", data.problems.map(problem))
    : element("p", "No problems were found."));
}

const filled = {};
const FILL = { sheet: fillSheet, ledger: fillLedger, problems: fillProblems };

function view(name) {
  state.view = name;
  if (FILL[name] && !filled[name]) { FILL[name](); filled[name] = true; }
  const beside = name === "sheet" && matchMedia("(min-width: 1300px)").matches;
  for (const other of Object.keys(FILL)) id(other).hidden = other !== name;
  for (const part of ["cards", "stage"]) id(part).hidden = name !== "cards" && !beside;
  const main = document.querySelector("main");
  main.classList.toggle("beside", beside);
  main.classList.toggle("wide", name !== "cards" && !beside);
  for (const button of document.querySelectorAll("nav button")) button.setAttribute("aria-pressed", button.dataset.view === name);
  keep();
}

// --- hands ------------------------------------------------------------------------------------------------

const KEYS = {
  " ": flip, ArrowLeft: () => step(-1), ArrowRight: () => step(1),
  d: () => turn("night"), p: () => turn("phone"), "/": () => id("text").focus(),
};

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  if (event.target.closest && event.target.closest("input, select, summary")) return;
  if (event.key === " " && event.target.closest && event.target.closest("button")) return;
  event.preventDefault();
  KEYS[event.key]();
}

document.addEventListener("keydown", key);
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button && event.detail) button.blur();  // of a mouse: the next space is to turn the card
});
id("list").addEventListener("scroll", goOn);
id("card").addEventListener("load", () => {
  const inner = id("card").contentDocument;
  if (!inner) return;
  inner.addEventListener("keydown", key);
  inner.addEventListener("click", (event) => {
    const link = event.target.closest("a, summary");
    if (!link) flip();
    else if (link.href) { event.preventDefault(); window.open(link.href, "_blank", "noopener"); }
  });
});
for (const button of document.querySelectorAll("nav button")) button.addEventListener("click", () => view(button.dataset.view));
id("previous").addEventListener("click", () => step(-1));
id("next").addEventListener("click", () => step(1));
id("flip").addEventListener("click", flip);
id("night").addEventListener("click", () => turn("night"));
id("phone").addEventListener("click", () => turn("phone"));

if (!sessionStorage.getItem(KEPT)) state.night = matchMedia("(prefers-color-scheme: dark)").matches;
fillFilters();
filter();
view(FILL[state.view] ? state.view : "cards");

if (data.live) {
  const changes = new EventSource(`/changes?since=${data.live}`);
  changes.addEventListener("change", () => { changes.close(); location.reload(); });
}
