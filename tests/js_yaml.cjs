// Reads {"texts": [...]} from the file named first; writes for every text what js-yaml 5 and js-yaml 4 make of it.
const { readFileSync, writeFileSync } = require("node:fs");
const [, , input, output, modules] = process.argv;
const parsers = ["js-yaml", "js-yaml4"].map((name) => require(require.resolve(name, { paths: [modules] })));

function plain(value, inside = []) {
  if (typeof value === "number" && !Number.isFinite(value)) return { $number: String(value) };
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof Uint8Array) return { $binary: Array.from(value) };
  if (inside.includes(value)) return { $circular: true };
  const path = [...inside, value];
  if (Array.isArray(value)) return value.map((item) => plain(item, path));
  return { $entries: Object.keys(value).map((key) => [key, plain(value[key], path)]) };
}

function answer(parser, text) {
  try {
    return { value: plain(parser.load(text) ?? null) };
  } catch (error) {
    if (error.name !== "YAMLException") throw error;
    return { error: error.reason, line: error.mark && error.mark.line + 1, column: error.mark && error.mark.column + 1 };
  }
}

const { texts } = JSON.parse(readFileSync(input, "utf8"));
writeFileSync(output, JSON.stringify(texts.map((text) => parsers.map((parser) => answer(parser, text)))));
