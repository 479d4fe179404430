// The text of the file that is shown, its line numbers, and the lines in which something was found.
import { byId, make, say } from "./dom.js";

const area = byId("text");
const gutter = byId("gutter");
const numbers = make("pre", {});
gutter.append(numbers);

/** Show a file, if any; `marks` are `[line, severity]`. */
export function show(file, marks) {
  const text = file ? file.text || "" : "";
  if (area.value !== text) area.value = text;
  area.readOnly = !file || Boolean(file.refusal);
  area.setAttribute("aria-label", file ? `Text of ${file.path}` : "Text of the file");
  say(byId("note"), file && file.refusal ? `\`${file.path}\` is ${file.refusal}.` : "");
  const worst = new Map();
  for (const [line, severity] of marks) if (worst.get(line) !== "error") worst.set(line, severity);
  const count = text.split("\n").length;
  numbers.replaceChildren(
    ...Array.from({ length: Math.min(count, 20_000) }, (_, index) => {
      const line = index + 1;
      return make("span", { class: worst.get(line) || "" }, `${line}\n`);
    }),
  );
  follow();
}

/** Select where a finding stands; its columns count code points. */
export function reveal({ line, column, end_line, end_column }) {
  const lines = area.value.split("\n");
  const at = (row, cell) => {
    const before = lines.slice(0, row - 1).reduce((sum, each) => sum + each.length + 1, 0);
    return before + [...(lines[row - 1] || "")].slice(0, cell - 1).join("").length;
  };
  area.focus();
  area.setSelectionRange(at(line, column), at(end_line, end_column));
  const height = parseFloat(getComputedStyle(area).lineHeight);
  area.scrollTop = Math.max(0, (line - 1) * height - area.clientHeight / 3);
  follow();
}

function follow() {
  numbers.style.transform = `translateY(${-area.scrollTop}px)`;
}

area.addEventListener("scroll", follow);
