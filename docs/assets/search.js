// The search takes what stands before a colon for the name of a field, so that CONF-DK-APD:cdc3 would
// find nothing; as two words it is found.
document.addEventListener(
  "keyup",
  ({ target }) => {
    if (target.matches?.(".md-search__input") && target.value.includes(":")) {
      target.value = target.value.replaceAll(":", " ");
    }
  },
  { capture: true },
);
