// Starts the islands of a page. Bundled with the bindings of the wasm into one file.
import * as app from "./islands.js";

const started = new WeakSet();

// Islands start in document order, each after the ones around it. One that fails
// leaves the others, and the page as the server wrote it, alone.
async function startIslands(root) {
  for (const island of root.querySelectorAll("leptos-island")) {
    const start = app[island.dataset.component];
    if (!start || started.has(island)) continue;
    started.add(island);
    try {
      island.closest("leptos-children")?.$$on_hydrate?.();
      await start(island);
    } catch (error) {
      reportError(error);
    }
  }
}

await app.default({ module_or_path: fetch(WASM_FILE) });
app.hydrate();
await startIslands(document);
document.documentElement.dataset.islands = "ready";

// An island that put HTML from the server into the page says so on its element.
document.addEventListener("anker:fragment", (event) => startIslands(event.target));
