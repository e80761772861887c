// Takes over what the server renders anew, part by part, and sends the forms without leaving the page.
// A part somebody is writing in stays as it is. Without this script the page is the same, only older.
(() => {
  const opened = () => new Set([...document.querySelectorAll("details[open]")].map(nameOf));
  const nameOf = (details) => `${details.closest("article")?.id} ${details.querySelector("summary").textContent}`;
  const busy = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, button:focus-visible");
  const look = async () => {
    const answer = await fetch("/demo", { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const open = opened();
    fresh.querySelectorAll("details").forEach((details) => { details.open = open.has(nameOf(details)); });
    for (const part of document.querySelectorAll("[data-live]")) {
      const now = fresh.getElementById(part.id);
      if (now && !busy(part) && now.innerHTML !== part.innerHTML) part.replaceChildren(...now.childNodes);
    }
  };
  const again = async () => {
    try {
      await look();
    } catch {
      // The demo has ended, or is about to begin again.
    }
    setTimeout(again, document.hidden ? 5000 : 700);
  };
  document.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const pen = form.querySelector("input[name=text]");
    if (pen && answer.ok) {
      pen.value = "";
      pen.setCustomValidity("");
      if (form.closest("details")) form.closest("details").open = false;
    } else if (pen) {
      pen.setCustomValidity(await answer.text());
      pen.reportValidity();
      pen.addEventListener("input", () => pen.setCustomValidity(""), { once: true });
    }
    document.activeElement.blur();
    await look();
    if (pen?.isConnected) pen.focus();
  });
  again();
})();
