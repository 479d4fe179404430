// What is open, and what happens to it.
import { byId, diffLines, make, say, sentence } from "./dom.js";
import { reveal, show as showText } from "./editor.js";
import { ask, ready } from "./engine.js";
import * as files from "./files.js";
import { counted, show as showFindings } from "./findings.js";
import { explain } from "./pages.js";
import { LONGEST, packed, unpacked } from "./share.js";

const PAUSE = 120; // milliseconds after the last key before the text is checked
const KINDS = { space: "Space", model: "model", dataset: "dataset" };
const kind = byId("kind");
const profile = byId("profile");
const status = byId("status");

let open = new Map(); // the files by path
let past = []; // what was open before each change that a button made
let selected = "";
let unsent = new Map(); // what the engine does not know yet
let found = { report: null, shown: [], said: [] };
let timer = 0;
let busy = false;
let again = false;

const choices = () => ({ kind: kind.value, profile: profile.value });

/** Other files take the place of those that are open: `[[path, blob]]`. */
async function start(name, pairs, choose = "") {
  if (pairs.length > files.MOST) {
    say(status, `More than ${files.MOST} files: \`hublint check\` on the command line is for these.`);
    return;
  }
  open = new Map(pairs.map(([path, blob]) => [path, files.opened(path, blob)]));
  past = [];
  unsent = new Map();
  selected = choose || ["README.md", ...open.keys()].find((path) => open.has(path)) || "";
  busy = true;
  showFiles();
  await ready;
  await ask("open", { name, files: [...open.values()].map((file) => [file.path, file.data]) });
  busy = false;
  await check();
}

/** Give files another content, null for one that goes, and check. */
function put(changes) {
  for (const [path, file] of changes) {
    if (file) open.set(path, file);
    else open.delete(path);
    unsent.set(path, file ? file.data : null);
  }
  if (!open.has(selected)) selected = [...open.keys()][0] || "";
}

/** Check what is open; a check under way is followed by another. */
async function check() {
  clearTimeout(timer);
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  do {
    again = false;
    const sent = [...unsent];
    unsent = new Map();
    if (sent.length) await ask("put", { files: sent });
    const started = performance.now();
    try {
      found = await ask("check", choices());
    } catch (error) {
      found = { report: null, shown: [], said: [`The linter failed: ${error.message}`] };
    }
    document.body.dataset.took = String(Math.round(performance.now() - started));
  } while (again);
  busy = false;
  await showFound();
  document.body.dataset.checked = String(Number(document.body.dataset.checked || 0) + 1);
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
}

async function showFound() {
  const repositories = found.report ? found.report.repositories : [];
  const where = repositories.length === 1 ? `${KINDS[repositories[0].kind]}, because of ${repositories[0].reason}` : "";
  const several = repositories.length > 1 ? `${repositories.length} repositories` : "";
  const line = found.shown.length ? counted(found) : repositories.length ? "No findings" : "Not checked";
  say(status, [line, where || several].filter(Boolean).join(" · "));
  status.dataset.state = found.shown.some((each) => each.severity === "error")
    ? "error"
    : found.shown.some((each) => each.severity === "warning")
      ? "warning"
      : repositories.length
        ? "clean"
        : "";
  showSaid(repositories.length > 0);
  const focused = byId("findings").contains(document.activeElement);
  showFindings(found, { go, explain, preview, accept });
  if (focused) byId("findings-title").focus();
  const fixes = (safety) => found.shown.filter((each) => each.fix && each.fix.safety === safety).length;
  const safe = fixes("safe");
  byId("fix-all").disabled = !safe && !fixes("unsafe");
  byId("fix-all").textContent = safe ? `Fix all (${safe})` : "Fix all";
  byId("unsafe-label").hidden = !fixes("unsafe");
  await showFiles();
}

/** What was not checked and why; where that is all, the ways to check it. */
function showSaid(checked) {
  const sentences = found.said.map((line) => make("p", { class: "said" }, ...sentence(line)));
  if (!checked && open.size) {
    const ways = [];
    const way = (name, onclick) => ways.push(make("button", { type: "button", onclick }, `It is a ${name}`));
    const bare = !open.has("README.md");
    if (bare && open.has("Dockerfile")) way("Docker Space", () => begin("docker"));
    if (bare && [...open.keys()].some((path) => path.endsWith(".py"))) way("Gradio Space", () => begin("gradio"));
    for (const [value, name] of Object.entries(KINDS)) {
      if (value === "space" && ways.length) continue;
      way(name, () => {
        kind.value = value;
        kind.focus();
        check();
      });
    }
    sentences.push(make("div", { class: "group" }, ...ways));
  }
  byId("said").replaceChildren(...sentences);
}

/** Add the README.md without which nothing starts a Dockerfile or an app. */
async function begin(sdk) {
  remember();
  put([["README.md", files.added("README.md", `---\nsdk: ${sdk}\n---\n`)]]);
  await check();
  byId("findings-title").focus();
}

const LISTED = 100;

function showFiles() {
  const worst = new Map();
  for (const [index, { path }] of (found.report ? found.report.findings : []).entries()) {
    const severity = found.shown[index].severity;
    if (!worst.has(path) || severity === "error") worst.set(path, severity);
  }
  const read = new Set(found.report ? found.report.files : []);
  const rank = (path) => (path === selected ? 0 : worst.has(path) ? 1 : read.has(path) ? 2 : 3);
  const paths = [...open.keys()];
  const listed = paths.length > LISTED ? paths.sort((a, b) => rank(a) - rank(b)).slice(0, LISTED) : paths;
  const rows = listed.map((path) => {
    const changed = open.get(path).changed ? make("span", { class: "changed", title: "changed" }, " ●") : null;
    const state = worst.get(path) || "";
    const attributes = { type: "button", "aria-current": path === selected ? "true" : null, class: `tab ${state}` };
    const spoken = state ? make("span", { class: "unseen" }, `, ${state}`) : null;
    return make("li", {}, make("button", { ...attributes, onclick: () => select(path) }, path, changed, spoken));
  });
  if (paths.length > LISTED) rows.push(make("li", { class: "rest" }, `and ${paths.length - LISTED} more`));
  const inside = byId("files").contains(document.activeElement);
  byId("files").replaceChildren(...rows);
  if (inside) byId("files").querySelector("[aria-current]")?.focus();
  const edited = [...open.values()].some((file) => file.changed);
  byId("download").disabled = !edited;
  byId("changes").disabled = !edited;
  byId("undo").disabled = !past.length;
  return showSelected();
}

async function showSelected() {
  const file = open.get(selected);
  if (file) await file.read();
  if (open.get(selected) !== file) return;
  const lines = (found.report ? found.report.findings : []).map(({ path, line }, index) => [
    path === selected ? line : 0,
    found.shown[index].severity,
  ]);
  showText(file, lines.filter(([line]) => line));
}

function select(path) {
  selected = path;
  return showFiles();
}

/** Show where a finding stands. */
async function go(finding) {
  if (!open.has(finding.path)) return;
  await select(finding.path);
  reveal(finding);
}

const preview = (finding) => ask("fixOne", { finding, ...choices() });

/** Keep what a fix makes of the files. */
async function accept(fixed) {
  remember();
  put(fixed.files.map(([path, data]) => [path, files.replaced(path, data, open.get(path))]));
  await check();
  byId("findings-title").focus();
}

function remember() {
  past.push(new Map(open));
  if (past.length > 100) past.shift();
}

async function undo() {
  const before = past.pop();
  const paths = new Set([...before.keys(), ...open.keys()]);
  const changes = [...paths].map((path) => [path, before.get(path) || null]);
  put(changes.filter(([path, file]) => open.get(path) !== file));
  await check();
}

// ---- dialogs

let offered = null;

async function showFixes() {
  offered = await ask("fix", { ...choices(), unsafe: byId("unsafe").checked && !byId("unsafe-label").hidden });
  byId("diff-title").textContent = "What all fixes change";
  say(byId("diff-said"), offered.files.length ? "" : "No fix can be applied to the files as they are.");
  showDiff(offered.diff);
  byId("diff-accept").hidden = !offered.files.length;
}

async function showChanges() {
  const before = [...open.values()].filter((file) => file.changed).map((file) => [file.path, file.original]);
  const diff = await ask("compare", { before, ...choices() });
  byId("diff-title").textContent = "Changes since it was opened";
  say(byId("diff-said"), diff ? "" : "The files that changed are in no repository that is checked.");
  byId("unsafe-label").hidden = true;
  byId("diff-accept").hidden = true;
  showDiff(diff);
}

function showDiff(diff) {
  byId("diff-text").replaceChildren(...diffLines(diff));
  byId("diff-text").hidden = !diff;
  if (!byId("diff").open) byId("diff").showModal();
}

async function download() {
  const paths = [...open.values()].filter((file) => file.changed).map((file) => file.path);
  const one = paths.length === 1 ? open.get(paths[0]) : null;
  const blob = one ? one.data : new Blob([await ask("archive", { paths })], { type: "application/zip" });
  const name = one ? one.path.split("/").at(-1) : "fixed.zip";
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function share() {
  const texts = [];
  let left = 0;
  for (const file of open.values()) {
    await file.read();
    if (file.text === null) left++;
    else texts.push([file.path, await file.data.text()]);
  }
  const secret = found.shown.length && found.report.findings.some(({ code }) => code.startsWith("SE"));
  const link = secret ? "" : location.href.split("#")[0] + (await packed({ ...choices(), files: Object.fromEntries(texts) }));
  const fits = link && link.length <= LONGEST;
  const refusal = secret
    ? "A credential is in the text. Take it out first: whoever has the link has the text."
    : fits
      ? ""
      : "The texts are too long for a link.";
  const rest = left ? ` ${left} files that are no text, or are large, are not in it.` : "";
  say(byId("sharing-said"), refusal || `The link holds the texts themselves. Whoever opens it sees them; no server does.${rest}`);
  byId("sharing-label").hidden = byId("sharing-copy").hidden = Boolean(refusal);
  byId("sharing-copy").textContent = "Copy";
  byId("sharing-link").value = refusal ? "" : link;
  byId("sharing").showModal();
}

/** Paste a file; `alone`: the others are put away. */
async function paste(event) {
  const path = files.normal(byId("naming-path").value);
  if (!path) {
    event.preventDefault();
    say(byId("naming-said"), "That is not the name of a file in a repository.");
    return;
  }
  const text = byId("naming-text").value;
  if (byId("naming-alone").checked) {
    await start("repository", [[path, new Blob([text])]]);
    return;
  }
  remember();
  const known = open.get(path);
  put([[path, known ? files.replaced(path, text, known) : files.added(path, text)]]);
  selected = path;
  showFiles();
  await check();
}

// ---- what visitors do

byId("text").addEventListener("input", () => {
  const file = open.get(selected);
  if (!file || file.refusal) return;
  put([[selected, file.with(byId("text").value)]]);
  byId("download").disabled = byId("changes").disabled = false;
  soon();
});
kind.addEventListener("change", check);
profile.addEventListener("change", check);
byId("undo").addEventListener("click", undo);
byId("fix-all").addEventListener("click", showFixes);
byId("unsafe").addEventListener("change", showFixes);
byId("changes").addEventListener("click", showChanges);
byId("download").addEventListener("click", download);
byId("share").addEventListener("click", share);
byId("diff-accept").addEventListener("click", async () => {
  byId("diff").close();
  await accept(offered);
});
byId("sharing-copy").addEventListener("click", async () => {
  byId("sharing-link").select();
  try {
    await navigator.clipboard.writeText(byId("sharing-link").value);
    byId("sharing-copy").textContent = "Copied";
  } catch {
    byId("sharing-copy").textContent = "Selected: copy it";
  }
});
byId("add").addEventListener("click", () => {
  say(byId("naming-said"), "");
  byId("naming-text").value = "";
  byId("naming").showModal();
});
byId("naming-form").addEventListener("submit", paste);
for (const [button, input] of [["open-folder", "folder-input"], ["open-files", "files-input"]]) {
  byId(button).addEventListener("click", () => byId(input).click());
  byId(input).addEventListener("change", (event) => {
    start(...files.chosen(event.target.files));
    event.target.value = "";
  });
}
let over = 0;
addEventListener("dragenter", () => (byId("drop").hidden = !++over));
addEventListener("dragleave", () => (byId("drop").hidden = !--over));
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", async (event) => {
  event.preventDefault();
  over = 0;
  byId("drop").hidden = true;
  const [name, pairs] = await files.dropped(event.dataTransfer);
  if (pairs.length) await start(name, pairs);
});

const THEMES = ["system", "light", "dark"];
byId("theme").addEventListener("click", () => {
  const next = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme || "system") + 1) % THEMES.length];
  document.documentElement.dataset.theme = next;
  byId("theme").textContent = `Theme: ${next}`;
});

const examples = await (await fetch(new URL("../examples.json", import.meta.url))).json();
byId("example").append(...Object.keys(examples).map((name) => make("option", {}, name)));

function example(name) {
  const pairs = Object.entries(examples[name]).map(([path, text]) => [path, new Blob([text])]);
  return start(name.split(" ").at(-1).toLowerCase(), pairs);
}

byId("example").addEventListener("change", ({ target }) => {
  if (!target.value) return;
  kind.value = "";
  example(target.value);
  target.value = "";
});

/** Open what the address holds behind `#`: shared texts, or a rule's page. */
async function opened() {
  const state = await unpacked(location.hash);
  if (state) {
    kind.value = state.kind in KINDS ? state.kind : "";
    profile.value = ["push", "strict"].includes(state.profile) ? state.profile : "";
    const pairs = state.files.map(([path, text]) => [files.normal(path), new Blob([text])]);
    await start("repository", pairs.filter(([path]) => path));
    return true;
  }
  const rule = /^#rule=([A-Z]{2}\d{3})$/.exec(location.hash);
  if (rule) explain(rule[1]);
  return false;
}

addEventListener("hashchange", opened);
ready.then(
  () => (document.body.dataset.ready = "true"),
  (error) => say(status, `The linter cannot be started here: ${error.message}`),
);
if (!(await opened())) await example(Object.keys(examples)[0]);
