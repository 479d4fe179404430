// The pages of the rules, in a dialog.
import { byId, make, sentence } from "./dom.js";
import { ask, ready } from "./engine.js";

const dialog = byId("rule");
const title = byId("rule-title");
const body = byId("rule-body");
const search = byId("rule-search");
const TAGS = new Set("h2 h3 h4 p pre code em strong ul ol li a table thead tbody tr th td blockquote hr".split(" "));

/** Show the page of one rule. */
export async function explain(code) {
  open(false);
  title.textContent = code;
  body.replaceChildren(make("p", {}, "…"));
  await ready;
  let rule;
  try {
    rule = await ask("rule", { code });
  } catch {
    body.replaceChildren(make("p", {}, "No rule has this code."));
    return;
  }
  const sdks = rule.sdks.length ? ` with sdk ${rule.sdks.join(" or ")}` : "";
  const facts = [
    `${rule.severity}, on the Hub: ${rule.effect}`,
    `${rule.kinds.join(", ")}${sdks}`,
    `fix: ${rule.fix || "none"}`,
    rule.online ? "only on the command line, with --online" : `${rule.default ? "on" : "off"} by default`,
    `since ${rule.since}`,
  ];
  title.textContent = `${rule.code} ${rule.name}`;
  body.replaceChildren(make("p", { class: "facts" }, facts.join(" · ")), ...rule.page.map(node));
  dialog.scrollTop = 0;
  title.focus();
}

/** Show all rules, or those that speak of what is searched for. */
export async function list() {
  open(true);
  title.textContent = "Rules";
  if (!body.querySelector(".rules")) body.replaceChildren(make("p", {}, "…"));
  search.focus();
  await ready;
  await find();
}

let asked = 0;
async function find() {
  const turn = ++asked;
  const rules = await ask("rules", { words: search.value });
  if (turn !== asked || search.closest("label").hidden) return;
  const rows = rules.map((rule) =>
    make(
      "li",
      {},
      make("button", { type: "button", class: "link code", onclick: () => explain(rule.code) }, `${rule.code} ${rule.name}`),
      make("span", { class: `severity ${rule.severity}` }, rule.default && !rule.online ? rule.severity : "off"),
      make("p", {}, ...sentence(rule.summary)),
    ),
  );
  const said = rows.length ? `${rows.length} rules` : "No rule speaks of all of these words.";
  body.replaceChildren(make("p", { role: "status", class: "facts" }, said), make("ul", { class: "rules" }, ...rows));
}

function open(all) {
  asked++;
  byId("rule-search-label").hidden = !all;
  byId("rule-back").hidden = all;
  if (!dialog.open) dialog.showModal();
}

/** A part of a page: a text, or `[tag, attributes, children]`. */
function node(part) {
  if (typeof part === "string") return part;
  const [tag, attributes, children] = part;
  if (!TAGS.has(tag)) return make("span", {}, ...children.map(node));
  const away = tag === "a" ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return make(tag === "h2" ? "h3" : tag, { ...away, ...attributes }, ...children.map(node));
}

byId("rules").addEventListener("click", list);
byId("rule-back").addEventListener("click", list);
search.addEventListener("input", find);
