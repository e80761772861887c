// Looks for news every other second and takes over the part of the page that the server renders anew.
// Without this script the page is the same, only older.
(() => {
  const live = document.getElementById("live");
  let seen = "";
  const look = async () => {
    try {
      const answer = await fetch("/api/v1/crossings?limit=120", { headers: { accept: "application/json" } });
      const marks = answer.ok ? (await answer.json()).map((c) => `${c.id} ${c.state} ${c.at}`).join("\n") : seen;
      if (marks !== seen) {
        const page = await (await fetch("/demo", { headers: { accept: "text/html" } })).text();
        const fresh = new DOMParser().parseFromString(page, "text/html").getElementById("live");
        live.replaceChildren(...fresh.childNodes);
        seen = marks;
      }
    } catch {
      // The instance is restarting; the next look may find it.
    }
    setTimeout(look, document.hidden ? 10000 : 2000);
  };
  look();
})();
