// A form that was taken is as it was before, for the next time; whoever went on typing meanwhile keeps what they typed.
(() => {
  const words = (data) => new URLSearchParams(data).toString();
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt: form, successful, requestConfig } = event.detail;
    const taken = successful && form.isConnected && form.matches("form[data-fresh]");
    if (!taken || words(new FormData(form)) !== words(requestConfig.formData)) {
      return;
    }
    const held = form.contains(document.activeElement);
    form.reset();
    const more = form.querySelector("details");
    if (more) {
      more.open = false;
    }
    const around = form.closest("details");
    if (around) {
      around.open = false;
    }
    if (held) {
      (around ? around.querySelector("summary") : form.elements.text).focus();
    }
  });
})();
