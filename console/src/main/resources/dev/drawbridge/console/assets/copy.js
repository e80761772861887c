// Copies what stands beside a button. Without this script there is no such button.
(() => {
  if (!navigator.clipboard) {
    return;
  }
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.setAttribute("aria-pressed", "true");
      setTimeout(() => button.removeAttribute("aria-pressed"), 1500);
    });
  }
})();
