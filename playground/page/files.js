// The files of the one repository that is open: what they hold now, and what they held at first.

export const MOST = 50_000; // files
const LARGEST = 1 << 20; // bytes of a file that is shown as text

/** One file; `text` is there once it was read, `refusal` says why it cannot be edited here. */
class File_ {
  constructor(path, data, original) {
    this.path = path;
    this.data = data;
    this.original = original;
    this.text = null;
    this.refusal = "";
    this.breaks = "\n";
  }

  /** Read the text, once. */
  async read() {
    if (this.text !== null || this.refusal) return;
    if (this.data.size > LARGEST) {
      this.refusal = `${Math.round(this.data.size / 1024)} KiB: checked, but too large to be shown here`;
      return;
    }
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await this.data.arrayBuffer());
    } catch {
      this.refusal = "not a text in UTF-8: checked, but not shown here";
      return;
    }
    const windows = text.includes("\r\n") && !/\r(?!\n)|(?<!\r)\n/.test(text);
    if (text.includes("\r") && !windows) this.refusal = "line breaks of several kinds: shown, but not edited here";
    if (windows) this.breaks = "\r\n";
    this.text = text.replace(/\r\n?/g, "\n");
  }

  /** The same file with another text, its line breaks kept. */
  with(text) {
    const changed = new File_(this.path, new Blob([text.replaceAll("\n", this.breaks)]), this.original);
    changed.text = text;
    changed.breaks = this.breaks;
    return changed;
  }

  get changed() {
    return this.data !== this.original;
  }
}

/** A file that was not there before. */
export const added = (path, text) => new File_(path, new Blob([text]), null);

/** A file as it was opened. */
export const opened = (path, data) => new File_(path, data, data);

/** Another content for a file that may be known. */
export const replaced = (path, data, known) => new File_(path, new Blob([data]), known ? known.original : null);

/** A path as the engine takes it; empty for one that leads nowhere within a repository. */
export function normal(path) {
  const parts = path.trim().replaceAll("\\", "/").split("/").filter((part) => part && part !== ".");
  return parts.includes("..") || parts.some((part) => part.length > 200 || part.includes("\0")) ? "" : parts.join("/");
}

/** What a visitor chose with a file dialog: `[name, [[path, blob]]]`. */
export function chosen(list) {
  const pairs = [...list].map((file) => [file.webkitRelativePath || file.name, file]);
  return named(pairs);
}

/** What was dropped: `[name, [[path, blob]]]`. */
export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  const pairs = [];
  for (const entry of entries) await collect(entry, entry.name, pairs);
  return named(pairs);
}

/** Files below one folder are named from there, and it names the repository. */
function named(pairs) {
  const first = pairs.length ? pairs[0][0].split("/")[0] : "";
  const inside = pairs.length > 0 && pairs.every(([path]) => path.startsWith(`${first}/`));
  const files = pairs.map(([path, blob]) => [normal(inside ? path.slice(first.length + 1) : path), blob]);
  return [inside ? first : "repository", files.filter(([path]) => path)];
}

async function collect(entry, path, pairs) {
  if (pairs.length > MOST) return;
  if (entry.isFile) {
    pairs.push([path, await new Promise((resolve, reject) => entry.file(resolve, reject))]);
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!batch.length) return;
    for (const each of batch) await collect(each, `${path}/${each.name}`, pairs);
  }
}
