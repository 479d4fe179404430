// Texts in the part of an address behind `#`, which is never sent to a server.

const MOST = 2 << 20; // characters that a link may unfold to
export const LONGEST = 60_000; // characters of a link; longer ones break on the way

/** Texts and choices as the end of an address. */
export async function packed(state) {
  const stream = new Blob([JSON.stringify(state)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return `#s=${btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/** What `packed` was given; null where an address holds nothing of it. */
export async function unpacked(hash) {
  if (!hash.startsWith("#s=")) return null;
  try {
    const binary = atob(hash.slice(3).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    const pieces = [];
    for (let size = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > MOST) return null;
      pieces.push(value);
    }
    const state = JSON.parse(await new Blob(pieces).text());
    const files = state && typeof state.files === "object" && state.files !== null ? Object.entries(state.files) : [];
    if (!files.length || files.some(([, text]) => typeof text !== "string")) return null;
    return { kind: String(state.kind || ""), profile: String(state.profile || ""), files };
  } catch {
    return null;
  }
}
