// The findings beside the text: what is wrong, where, and the fix with its diff.
import { byId, diffLines, make, sentence } from "./dom.js";

const list = byId("findings");
const ORDER = { error: 0, warning: 0, note: 1 };

/** "2 errors, 1 warning", of what there is. */
export function counted(found) {
  const words = ["error", "warning", "note"].map((severity) => {
    const number = found.shown.filter((each) => each.severity === severity).length;
    return number || severity !== "note" ? `${number} ${severity}${number === 1 ? "" : "s"}` : "";
  });
  return words.filter(Boolean).join(", ");
}

/**
 * Show what was found: errors and warnings first, in the order of the places, then notes.
 * `does.go(finding)` shows a place, `does.explain(code)` a rule; `does.preview(id)` gives what a fix makes, and
 * `does.accept(fixed, what)` keeps it.
 */
export function show(found, does) {
  const findings = found.report ? found.report.findings : [];
  const pairs = findings.map((finding, index) => [finding, found.shown[index]]);
  pairs.sort(([, one], [, other]) => ORDER[one.severity] - ORDER[other.severity]);
  list.replaceChildren(...pairs.map(([finding, shown]) => entry(finding, shown, does)));
}

function entry(finding, shown, does) {
  const place = `${shown.path}:${finding.line}:${finding.column}`;
  const [message, ...more] = shown.told;
  return make(
    "li",
    { class: `finding ${shown.severity}` },
    make(
      "h3",
      {},
      make("span", { class: "severity" }, shown.severity),
      make(
        "button",
        { type: "button", class: "link code", title: "What it means, and why", onclick: () => does.explain(finding.code) },
        `${finding.code} ${finding.name}`,
      ),
    ),
    make("p", { class: "message" }, ...sentence(message)),
    make("button", { type: "button", class: "link place", onclick: () => does.go(finding) }, place),
    shown.frame && shown.severity !== "note" ? frame(shown) : null,
    ...more.map((line) => make("p", { class: "more" }, ...sentence(line))),
    shown.fix ? fixing(shown, does) : null,
  );
}

function frame(shown) {
  const [before, guilty, after] = shown.frame;
  const mark = make("mark", {}, guilty || " ");
  const label = shown.label ? make("span", { class: "label" }, shown.label) : null;
  return make("pre", { class: "frame" }, before.trimStart(), mark, after, label ? "\n" : null, label);
}

/** The fix of a finding: asked for, it shows its diff, and waits to be accepted. */
function fixing(shown, does) {
  const unsafe = shown.fix.safety === "unsafe";
  const box = make("div", { class: "fix" });
  const title = `${shown.fix.title}${unsafe ? " (read it before you keep it)" : ""}`;
  const ask = make("button", { type: "button", onclick: preview }, "Fix: ", ...sentence(title));
  box.append(ask);

  async function preview() {
    const fixed = await does.preview(shown.id);
    if (!fixed.files.length) {
      box.replaceChildren(make("p", { class: "more" }, "This fix cannot be applied to the files as they are now."));
      return;
    }
    const accept = make("button", { type: "button", class: "strong", onclick: () => does.accept(fixed, shown) }, "Accept");
    const leave = make("button", { type: "button", onclick: put }, "Leave it");
    const diff = make("pre", { class: "diff", tabindex: "0", "aria-label": "What the fix changes" }, ...diffLines(fixed.diff));
    box.replaceChildren(diff, make("div", { class: "group" }, accept, leave));
    accept.focus();
  }

  function put() {
    box.replaceChildren(ask);
    ask.focus();
  }

  return box;
}
