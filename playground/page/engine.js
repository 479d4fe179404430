// The page's side of the worker in which the engine runs.

const waiting = new Map();
let number = 0;

// A worker from a blob has the page's content security policy; one from an address would have none.
const source = `import(${JSON.stringify(new URL("worker.js", import.meta.url).href)})
  .catch((error) => self.postMessage({ ready: false, error: String(error) }));`;
const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
const worker = new Worker(address, { type: "module" });

let settle;
/** Resolves when the engine can be asked. */
export const ready = new Promise((resolve, reject) => {
  settle = { resolve, reject };
});

worker.addEventListener("error", (event) => settle.reject(new Error(event.message || "the worker cannot be loaded")));
worker.addEventListener("message", ({ data }) => {
  if ("ready" in data) {
    if (data.ready) settle.resolve();
    else settle.reject(new Error(data.error));
    return;
  }
  const { resolve, reject } = waiting.get(data.id);
  waiting.delete(data.id);
  if ("error" in data) reject(new Error(data.error));
  else resolve(data.answer);
});

/** What the engine answers to one of the questions in worker.js. */
export async function ask(question, given = {}) {
  await ready;
  const id = ++number;
  worker.postMessage({ id, ask: question, given });
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}
