// Only in `make dev`: loads the page again when its content has changed.
let seen;
setInterval(async () => {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const tag = answer.headers.get("etag") ?? (await answer.text());
    if (seen !== undefined && tag !== seen) location.reload();
    seen = tag;
  } catch {
    // The server is being built anew.
  }
}, 1000);
