// An input above a list of rules that hides what does not contain what is typed: rows of a table, or
// headings with what follows them up to the next.
document$.subscribe(() => {
  const place = document.querySelector("div.filter");
  if (!place || place.firstChild) return;
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "search";
  label.append(`${place.dataset.label} `, input);
  place.append(label);

  const groups = [...document.querySelectorAll("article tbody tr")].map((row) => [row]);
  for (const heading of document.querySelectorAll("article h2")) {
    const group = [heading];
    for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; ) {
      group.push(next);
      next = next.nextElementSibling;
    }
    groups.push(group);
  }
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const group of groups) {
      const shown = group.some((element) => element.textContent.toLowerCase().includes(wanted));
      for (const element of group) element.hidden = !shown;
    }
  });
});
