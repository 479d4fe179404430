"use strict";
// The lists of an audit's report. What is shown comes from the blocks of JSON in the page and is only ever text.
(() => {
  const LEVELS = ["error", "warning", "info"];
  const WORDS = { error: "error", warning: "warning", info: "note" };
  const FIXES = ["", "safe", "unsafe"];
  const KINDS = { model: "models", dataset: "datasets", space: "Spaces" };
  const HUB = { model: "", dataset: "datasets/", space: "spaces/" };
  const ROWS = 50;
  const EDITS = 20;
  const $ = (id) => document.getElementById(id);
  const number = (value) => value.toLocaleString("en-US");
  const counted = (value, one, many) => `${number(value)} ${value === 1 ? one : many}`;

  /** An element with attributes and children; a text among them stays text. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== "" && child !== undefined));
    return element;
  }

  /** What stands between backticks as code. */
  function spoken(text) {
    const parts = text.split("`");
    if (parts.length % 2 === 0) return [text];
    return parts.map((part, place) => (place % 2 && part ? make("code", {}, part) : part));
  }

  // ---- the data

  function bytesOf(text) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    const raw = atob(text);
    const bytes = new Uint8Array(raw.length);
    for (let place = 0; place < raw.length; place++) bytes[place] = raw.charCodeAt(place);
    return bytes;
  }

  async function block(id) {
    const { type, textContent } = $(id);
    if (type === "application/json") return JSON.parse(textContent);
    const stream = new Blob([bytesOf(textContent)]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  }

  let data, findings, repositories;
  const details = new Map();

  /** What is only shown of an opened finding: help, the Hub's words, route, frame, title of the fix, edits. */
  async function detail(index) {
    const part = Math.floor(index / data.part);
    if (!details.has(part)) details.set(part, block(`part-${part}`));
    return (await details.get(part))[index % data.part];
  }

  function prepare() {
    findings = {};
    for (const [name, values] of Object.entries(data.findings)) findings[name] = Uint32Array.from(values);
    findings.length = findings.rule.length;
    findings.repository = new Uint32Array(findings.length);
    const size = data.repositories.length;
    repositories = { length: size, first: new Uint32Array(size), findings: new Uint32Array(size) };
    for (const level of LEVELS) repositories[level] = new Uint32Array(size);
    let next = 0;
    data.repositories.forEach(([, , , , , , counts, listed], index) => {
      repositories.first[index] = next;
      findings.repository.fill(index, next, next + listed);
      next += listed;
      LEVELS.forEach((level, place) => (repositories[level][index] = counts[place]));
      repositories.findings[index] = counts[0] + counts[1] + counts[2];
    });
  }

  /** In which place each repository is by its name. */
  function ranks() {
    if (!repositories.ranks) {
      const order = Uint32Array.from(data.repositories.keys());
      const names = data.repositories.map(([id]) => id.toLowerCase());
      order.sort((a, b) => (names[a] < names[b] ? -1 : names[a] > names[b] ? 1 : a - b));
      repositories.ranks = new Uint32Array(order.length);
      order.forEach((index, place) => (repositories.ranks[index] = place));
    }
    return repositories.ranks;
  }

  /** The repository of an address. */
  function named(name) {
    if (!repositories.keys) {
      repositories.keys = new Map();
      data.repositories.forEach(([id, kind, revision], index) => {
        const key = `${kind || "repository"}/${id}`;
        repositories.keys.set(repositories.keys.has(key) ? `${key}@${revision}` : key, index);
      });
    }
    return repositories.keys.get(name);
  }

  const nameOf = (index) => data.repositories[index][0];
  const kindOf = (index) => data.repositories[index][1];
  const ownerOf = (index) => nameOf(index).slice(0, Math.max(nameOf(index).lastIndexOf("/"), 0));
  const whereOf = (index) => `${data.paths[findings.path[index]]}:${findings.line[index]}`;
  const linkTo = (index) => `#/${kindOf(index) || "repository"}/${encodeURI(nameOf(index)).replace(/[#?]/g, encodeURIComponent)}`;

  /** The address on the Hub, where the repository came from there. */
  function hub(index) {
    const [id, kind, , source] = data.repositories[index];
    const known = source !== "folder" && kind in HUB && /^[\w.-]+(\/[\w.-]+)?$/.test(id);
    return known ? `https://huggingface.co/${HUB[kind]}${id}` : "";
  }

  function hubFile(index) {
    const repository = findings.repository[index];
    const revision = data.repositories[repository][2];
    const path = data.paths[findings.path[index]].split("/").map(encodeURIComponent).join("/");
    const base = hub(repository);
    return base && `${base}/blob/${/^[0-9a-f]{7,64}$/.test(revision) ? revision : "main"}/${path}#L${findings.line[index]}`;
  }

  // ---- the state, which is the address

  const EMPTY = { view: "findings", q: "", level: "", rule: "", kind: "", owner: "", fix: "", sort: "", page: 1 };
  let state = { ...EMPTY };

  function parsed(hash) {
    const [, view, query] = /^#\/([^?]*)\??(.*)$/.exec(hash) ?? [];
    if (view === undefined) return { ...EMPTY };
    if (view !== "findings" && view !== "repositories") {
      let name = view;
      try { name = decodeURIComponent(view); } catch { /* as it is */ }
      return { ...EMPTY, view: "repository", name, page: Number(new URLSearchParams(query).get("page")) || 1 };
    }
    const found = { ...EMPTY, view };
    for (const [name, value] of new URLSearchParams(query)) if (name in EMPTY && name !== "view") found[name] = value;
    found.page = Math.max(1, Math.floor(Number(found.page)) || 1);
    return found;
  }

  function address(next) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(next)) {
      if (name !== "view" && name in EMPTY && value !== EMPTY[name]) query.set(name, value);
    }
    const text = query.toString();
    return `#/${next.view}${text && `?${text}`}`;
  }

  function go(changes) {
    const next = { ...state, page: 1, ...changes };
    history.replaceState(null, "", address(next));
    state = next;
    show();
  }

  // ---- what matches

  const lowered = {};
  function lower(name, texts) {
    return (lowered[name] ??= texts.map((text) => text.toLowerCase()));
  }

  /** For each text of a table whether it holds a word. */
  function holding(name, texts, word) {
    return Uint8Array.from(lower(name, texts), (text) => text.includes(word));
  }

  const words = () => state.q.toLowerCase().split(/\s+/).filter(Boolean);

  function suitable() {
    const fits = new Uint8Array(repositories.length).fill(1);
    for (let index = 0; index < fits.length; index++) {
      if (state.kind && (kindOf(index) || "unknown") !== state.kind) fits[index] = 0;
      else if (state.owner && ownerOf(index) !== state.owner) fits[index] = 0;
    }
    return fits;
  }

  function matchingFindings() {
    const { rule, level, repository, path, message, fix } = findings;
    const fits = suitable();
    const levels = new Set(state.level ? state.level.split(",").map((name) => LEVELS.indexOf(name)) : [0, 1, 2]);
    const rules = state.rule && Uint8Array.from(data.rules, ([code]) => code === state.rule);
    const fixes = { safe: [1], unsafe: [2], any: [1, 2], none: [0] }[state.fix];
    const tests = words().map((word) => [
      holding("rules", data.rules.map(([code, name]) => `${code} ${name}`), word),
      holding("names", data.repositories.map(([id]) => id), word),
      holding("paths", data.paths, word),
      holding("messages", data.messages, word),
    ]);
    const found = new Uint32Array(findings.length);
    let size = 0;
    for (let index = 0; index < findings.length; index++) {
      if (!fits[repository[index]] || !levels.has(level[index])) continue;
      if (rules && !rules[rule[index]]) continue;
      if (fixes && !fixes.includes(fix[index])) continue;
      const has = ([ofRule, ofName, ofPath, ofMessage]) =>
        ofMessage[message[index]] || ofRule[rule[index]] || ofName[repository[index]] || ofPath[path[index]];
      if (tests.every(has)) found[size++] = index;
    }
    const sorts = {
      level: () => level,
      rule: () => rule,
      message: () => message,
      where: () => Float64Array.from(path, (place, index) => place * 2 ** 31 + findings.line[index]),
      repository: () => repository.map((index) => ranks()[index]),
    };
    return ordered(found.subarray(0, size), sorts[sorting().name]?.(), sorting().down);
  }

  function matchingRepositories() {
    const fits = suitable();
    const tests = words().map((word) => holding("names", data.repositories.map(([id]) => id), word));
    const found = [];
    for (let index = 0; index < fits.length; index++) {
      if (fits[index] && tests.every((has) => has[index])) found.push(index);
    }
    const { error, warning, info } = repositories;
    const worst = error.map((many, index) => Math.min(many, 2047) * 2 ** 20 + Math.min(warning[index], 1023) * 2 ** 10 + Math.min(info[index], 1023));
    const sorts = { repository: ranks(), worst, error, warning, info, findings: repositories.findings };
    return ordered(Uint32Array.from(found), sorts[sorting().name], sorting().down, ranks());
  }

  function sorting() {
    const fallback = state.view === "findings" ? "level" : "-worst";
    const text = /^-?[a-z]+$/.test(state.sort) ? state.sort : fallback;
    return { name: text.replace("-", ""), down: text.startsWith("-") };
  }

  /** Sorted by values, then by others, then as they came; where the values are small, by counting them. */
  function ordered(list, values, down, then) {
    if (!values) return list;
    const most = list.reduce((most, index) => Math.max(most, values[index]), 0);
    const sign = down ? -1 : 1;
    if (then || most > 1e6) return list.sort((a, b) => sign * (values[a] - values[b]) || (then ? then[a] - then[b] : 0) || a - b);
    const key = down ? (index) => most - values[index] : (index) => values[index];
    const starts = new Uint32Array(most + 2);
    for (const index of list) starts[key(index) + 1]++;
    for (let value = 1; value < starts.length; value++) starts[value] += starts[value - 1];
    const sorted = new Uint32Array(list.length);
    for (const index of list) sorted[starts[key(index)]++] = index;
    return sorted;
  }

  // ---- one finding

  const badge = (level) => make("span", { class: `level ${level}` }, WORDS[level]);

  function frame(text) {
    const lines = text.replace(/^ *\|\n/, "").split("\n").map((line) => {
      const [, gutter, rest] = /^(\s*\d*\s*\|)(.*)$/s.exec(line) ?? [, "", line];
      const guilty = /^\s*\^/.test(rest) && !/\d/.test(gutter);
      return [make("span", { class: "gutter" }, gutter), guilty ? make("span", { class: "caret" }, rest) : rest, "\n"];
    });
    return make("pre", { class: "frame", tabindex: "0", role: "group", "aria-label": "The line in the file" }, lines.flat().slice(0, -1));
  }

  function edit([path, line, column, endLine, endColumn, text]) {
    const isEmpty = line === endLine && column === endColumn;
    const range = line === endLine ? `columns ${column} to ${endColumn - 1}` : `column ${column}, to line ${endLine}, column ${endColumn}`;
    const where = isEmpty ? `line ${line}, before column ${column}` : `line ${line}, ${range}`;
    const what = text === "" ? "take out" : isEmpty ? "put in" : "replace by";
    const shown = text && make("pre", { tabindex: "0", role: "group", "aria-label": "New text" }, text.replace(/\n$/, ""));
    return make("li", {}, make("span", {}, make("code", {}, path), ` ${where}: ${what}`), shown);
  }

  function told(index, [help, words, route, code, title, edits]) {
    const rule = data.rules[findings.rule[index]];
    const safety = FIXES[findings.fix[index]];
    const link = hubFile(index);
    return make(
      "div",
      { class: `told ${LEVELS[findings.level[index]]}` },
      code && frame(code),
      words && make("blockquote", {}, "The Hub says: ", words),
      help && make("p", {}, make("b", {}, "Help: "), spoken(help)),
      route && make("p", {}, make("b", {}, "Key: "), make("code", {}, route)),
      safety &&
        make(
          "div",
          { class: `fix ${safety}` },
          make("p", {}, make("span", { class: `tag ${safety}` }, `${safety} fix`), " ", spoken(title)),
          edits.length ? make("ol", {}, edits.slice(0, EDITS).map(edit)) : "",
          edits.length > EDITS ? make("p", {}, `and ${counted(edits.length - EDITS, "more edit", "more edits")}`) : "",
        ),
      make(
        "p",
        {},
        rule[2] ? make("a", { href: rule[2], rel: "noreferrer" }, `What ${rule[0]} means`) : "",
        rule[2] && link ? " · " : "",
        link ? make("a", { href: link, rel: "noreferrer" }, "The file on the Hub") : "",
      ),
    );
  }

  // ---- the table of findings

  function findingRow(index) {
    const rule = data.rules[findings.rule[index]];
    const repository = findings.repository[index];
    const safety = FIXES[findings.fix[index]];
    const open = make(
      "button",
      { type: "button", class: "open", "aria-expanded": "false", click: toggle },
      make("span", { class: "clamp" }, spoken(data.messages[findings.message[index]])),
    );
    const row = make(
      "tr",
      { class: "row" },
      make("td", { class: "first" }, badge(LEVELS[findings.level[index]])),
      make("td", {}, make("span", { class: "code" }, rule[0]), " ", make("span", { class: "name" }, rule[1].slice(0, 80)), " ", safety && make("span", { class: `tag ${safety}` }, `${safety} fix`)),
      make("td", {}, make("a", { href: linkTo(repository), class: "clamp" }, nameOf(repository))),
      make("td", {}, make("span", { class: "mono clamp" }, whereOf(index))),
      make("td", {}, open),
    );
    async function toggle() {
      const isOpen = open.getAttribute("aria-expanded") === "true";
      open.setAttribute("aria-expanded", String(!isOpen));
      if (isOpen) return row.nextElementSibling.remove();
      const inside = make("tr", { class: "inside" }, make("td", { colspan: "5" }));
      row.after(inside);
      inside.firstChild.append(told(index, await detail(index)));
    }
    return row;
  }

  function repositoryRow(index) {
    const [, kind, , , status, reason] = data.repositories[index];
    const count = (name, label) => {
      const value = repositories[name][index];
      return make("td", { class: `number${value ? "" : " zero"}`, "data-label": label }, number(value));
    };
    return make(
      "tr",
      { class: "row" },
      make(
        "td",
        { class: "first" },
        make("a", { href: linkTo(index), class: "clamp" }, nameOf(index)),
        status === "failed" ? make("span", { class: "name clamp" }, `not checked: ${reason}`) : "",
      ),
      make("td", {}, make("span", { class: "tag" }, kind || "unknown")),
      ...[["error", "errors"], ["warning", "warnings"], ["info", "notes"], ["findings", "all"]].map(([name, label]) => count(name, label)),
    );
  }

  const COLUMNS = {
    findings: [["level", "Level"], ["rule", "Rule"], ["repository", "Repository"], ["where", "Where"], ["message", "What"]],
    repositories: [["repository", "Repository"], ["", "Kind"], ["error", "Errors"], ["warning", "Warnings"], ["info", "Notes"], ["findings", "All"]],
  };

  function head(view) {
    const { name, down } = sorting();
    const cells = COLUMNS[view].map(([key, label]) => {
      const isNumber = view === "repositories" && key && key !== "repository";
      const way = key === name ? (down ? "descending" : "ascending") : undefined;
      const next = key === name ? (down ? key : `-${key}`) : isNumber ? `-${key}` : key;
      const inner = key ? make("button", { type: "button", "data-key": key, click: () => { go({ sort: next }); refocus(key); } }, label) : make("span", {}, label);
      return make("th", { scope: "col", "aria-sort": way, class: isNumber ? "number" : undefined }, inner);
    });
    return make("thead", {}, make("tr", {}, cells));
  }

  const refocus = (key) => document.querySelector(`#list [data-key="${key}"]`)?.focus();

  function pager(total, page, turn) {
    const last = Math.max(1, Math.ceil(total / ROWS));
    const button = (label, target, name, more = "") =>
      make("button", { type: "button", class: `button ${more}`, "aria-label": name, disabled: target < 1 || target > last || target === page, click: () => turn(target) }, label);
    return last === 1
      ? []
      : [
          button("«", 1, "First page", "ends"), button("‹ Back", page - 1, "Previous page"),
          make("span", {}, `page ${number(page)} of ${number(last)}`),
          button("Next ›", page + 1, "Next page"), button("»", last, "Last page", "ends"),
        ];
  }

  function repositoriesOf(found) {
    const seen = new Uint8Array(repositories.length);
    for (const index of found) seen[findings.repository[index]] = 1;
    return seen.reduce((sum, is) => sum + is, 0);
  }

  function showList() {
    const isFindings = state.view === "findings";
    const found = isFindings ? matchingFindings() : matchingRepositories();
    const page = Math.min(state.page, Math.max(1, Math.ceil(found.length / ROWS)));
    const first = (page - 1) * ROWS;
    const rows = Array.from(found.subarray(first, first + ROWS), isFindings ? findingRow : repositoryRow);
    const range = found.length > ROWS ? `${number(first + 1)} to ${number(first + rows.length)} of ` : "";
    const within = isFindings ? ` in ${counted(repositoriesOf(found), "repository", "repositories")}` : "";
    $("count").textContent = range + (isFindings ? counted(found.length, "finding", "findings") : counted(found.length, "repository", "repositories")) + (found.length ? within : "");
    const columns = make("colgroup", {}, COLUMNS[state.view].map(() => make("col")));
    const table = make("table", { class: state.view }, make("caption", { class: "sr" }, isFindings ? "Findings" : "Repositories"), columns, head(state.view), make("tbody", {}, rows));
    const nothing = make("p", { class: "nothing" }, findings.length || !isFindings ? "Nothing matches these filters." : "Nothing was found.");
    $("list").replaceChildren(rows.length ? table : nothing);
    $("pager").replaceChildren(...pager(found.length, page, (target) => {
      go({ page: target });
      $("explore").scrollIntoView();
      $("heading").focus({ preventScroll: true });
    }));
  }

  function showFilters() {
    const isFindings = state.view === "findings";
    $("heading").textContent = isFindings ? "Findings" : "Repositories";
    if ($("search").value !== state.q) $("search").value = state.q;
    $("search").placeholder = isFindings ? "Search text, rule, repository, path" : "Search names";
    const levels = state.level ? state.level.split(",") : [];
    for (const button of $("levels").children) button.setAttribute("aria-pressed", String(levels.includes(button.dataset.level)));
    for (const name of ["rule", "kind", "owner", "fix"]) {
      const select = $(name);
      if (state[name] && ![...select.options].some((option) => option.value === state[name])) {
        select.append(make("option", { value: state[name] }, state[name]));
      }
      select.value = state[name];
    }
    for (const id of ["levels", "rule", "fix"]) $(id).hidden = !isFindings;
    $("clear").hidden = ["q", "level", "rule", "kind", "owner", "fix"].every((name) => state[name] === "");
    for (const link of document.querySelectorAll(".top nav a")) {
      if (link.getAttribute("href") === `#/${state.view}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  // ---- the page of a repository

  let drawing = 0;
  async function showRepository() {
    const index = named(state.name);
    const turn = ++drawing;
    const content = $("content");
    if (index === undefined) {
      return content.replaceChildren(make("h1", { tabindex: "-1", id: "name" }, "This report has no such repository"), make("p", {}, state.name));
    }
    const [id, kind, revision, , status, reason, counts, listed] = data.repositories[index];
    const first = repositories.first[index];
    const page = Math.min(Math.max(1, Math.floor(state.page)), Math.max(1, Math.ceil(listed / ROWS)));
    const start = first + (page - 1) * ROWS;
    const shown = Array.from({ length: Math.min(ROWS, first + listed - start) }, (_, place) => start + place);
    const all = await Promise.all(shown.map(detail));
    if (turn !== drawing) return;
    const link = hub(index);
    const facts = [
      kind && make("span", { class: "tag" }, kind),
      ...LEVELS.map((level, place) => counts[place] ? make("span", { class: `level ${level}` }, counted(counts[place], WORDS[level], `${WORDS[level]}s`)) : ""),
      revision && make("span", { class: "tag mono" }, revision.slice(0, 12)),
      link && make("a", { href: link, rel: "noreferrer" }, "Open on the Hub"),
    ];
    const parts = [];
    let path;
    shown.forEach((finding, place) => {
      if (findings.path[finding] !== path) {
        path = findings.path[finding];
        parts.push(make("h2", { class: "file mono" }, data.paths[path]));
      }
      const level = LEVELS[findings.level[finding]];
      const rule = data.rules[findings.rule[finding]];
      parts.push(
        make(
          "article",
          { class: `finding ${level}` },
          make("header", {}, badge(level), make("span", { class: "code" }, rule[0]), make("span", { class: "name" }, rule[1].slice(0, 80)), make("span", { class: "where" }, `line ${number(findings.line[finding])}, column ${number(findings.column[finding])}`)),
          make("div", { class: "told" }, make("p", {}, spoken(data.messages[findings.message[finding]])), told(finding, all[place])),
        ),
      );
    });
    const more = counts[0] + counts[1] + counts[2] - listed;
    const rest = status === "failed" ? make("p", { class: "banner" }, `It was not checked as a whole: ${reason}`)
      : reason ? make("p", { class: "banner" }, reason)
      : more ? make("p", { class: "banner" }, `${counted(more, "more finding is", "more findings are")} not in this report.`)
      : !listed ? make("p", { class: "banner good" }, "Nothing was found here.") : "";
    const turned = pager(listed, page, (target) => { location.hash = `${linkTo(index)}?page=${target}`; });
    content.replaceChildren(
      make("h1", { tabindex: "-1", id: "name" }, id),
      make("div", { class: "facts" }, facts), rest, ...parts, make("div", { class: "pager" }, turned),
    );
  }

  // ---- the whole

  let isFirst = true;
  async function show() {
    const isRepository = state.view === "repository";
    $("summary").hidden = $("explore").hidden = isRepository;
    $("repository").hidden = !isRepository;
    if (isRepository) {
      await showRepository();
      scrollTo(0, 0);
      if (!isFirst) $("name")?.focus({ preventScroll: true });
    } else {
      showFilters();
      showList();
    }
    isFirst = false;
  }

  function arrive() {
    state = parsed(location.hash);
    show();
    if (location.hash.startsWith("#/") && state.view !== "repository") $("explore").scrollIntoView();
    else if (location.hash === "" || location.hash === "#") scrollTo(0, 0);
  }

  function listen() {
    let waiting;
    $("search").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => go({ q: $("search").value }), 120);
    });
    for (const name of ["rule", "kind", "owner", "fix"]) $(name).addEventListener("change", () => go({ [name]: $(name).value }));
    for (const button of $("levels").children) {
      button.addEventListener("click", () => {
        const levels = new Set(state.level ? state.level.split(",") : []);
        if (!levels.delete(button.dataset.level)) levels.add(button.dataset.level);
        go({ level: LEVELS.filter((level) => levels.has(level)).join(",") });
      });
    }
    $("clear").addEventListener("click", () => {
      go({ q: "", level: "", rule: "", kind: "", owner: "", fix: "" });
      $("search").focus();
    });
    addEventListener("hashchange", arrive);
    addEventListener("keydown", (event) => {
      const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
      if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !$("explore").hidden) {
        event.preventDefault();
        $("search").focus();
      }
    });
  }

  function fill() {
    const option = (value, text) => make("option", { value }, text);
    const count = new Map();
    for (const rule of findings.rule) count.set(data.rules[rule][0], (count.get(data.rules[rule][0]) ?? 0) + 1);
    const names = new Map(data.rules.map(([code, name]) => [code, name]));
    $("rule").append(...[...count.keys()].sort().map((code) => option(code, `${code} ${names.get(code)} (${number(count.get(code))})`)));
    const kinds = [...new Set(data.repositories.map(([, kind]) => kind || "unknown"))];
    $("kind").append(...kinds.sort().map((kind) => option(kind, KINDS[kind] ?? kind)));
    $("owner").append(...data.owners.filter(Boolean).map((owner) => option(owner, owner)));
    $("kind").hidden = kinds.length < 2;
    $("owner").hidden = data.owners.length < 2;
    if (!findings.length) EMPTY.view = "repositories";
  }

  function theme() {
    const root = document.documentElement;
    let chosen = "";
    try { chosen = localStorage.getItem("hublint-theme") ?? ""; } catch { /* not kept for files */ }
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
    $("theme").hidden = false;
    $("theme").addEventListener("click", () => {
      const isDark = (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
      root.dataset.theme = isDark ? "light" : "dark";
      try { localStorage.setItem("hublint-theme", root.dataset.theme); } catch { /* not kept for files */ }
    });
  }

  async function start() {
    theme();
    data = await block("data");
    prepare();
    fill();
    listen();
    document.querySelector(".top nav").hidden = false;
    arrive();
    document.documentElement.dataset.ready = "";
  }

  start().catch((error) => {
    $("trouble").textContent = typeof DecompressionStream === "undefined"
      ? "This browser is too old to unpack the list of findings; what is above is complete."
      : `The list of findings cannot be shown: ${error.message}`;
    $("trouble").hidden = false;
  });
})();
