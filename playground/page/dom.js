// Nodes are made from texts, never from markup: what a visitor opens may be hostile.

/** The element of an id that stands in index.html. */
export const byId = (id) => document.getElementById(id);

/** An element with attributes (`on…` are listeners) and children: elements, or texts. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** A sentence whose parts between backquotes are code. */
export function sentence(text) {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 ? make("code", {}, part) : part));
}

/** A diff, a line an element. */
export function diffLines(text) {
  const classes = { "+": "new", "-": "old", "@": "at" };
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => {
    const head = line.startsWith("--- ") || line.startsWith("+++ ");
    return make("span", { class: head ? "file" : classes[line[0]] || "same" }, `${line}\n`);
  });
}

/** Show a sentence in an element; without one the element is hidden. */
export function say(element, text) {
  element.replaceChildren(...sentence(text));
  element.hidden = !text;
}

for (const button of document.querySelectorAll("dialog .close")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}
