"use strict";
// Filters the recommendations. The address holds what is chosen, so that a view can be sent; what
// stands behind its # is sent to no server.
(() => {
  const find = (id) => document.getElementById(id);
  const panel = find("page--filters");
  const words = find("page--words");
  const shown = find("page--shown");
  const selects = [...panel.querySelectorAll("select")];
  const records = [...document.querySelectorAll("details.record")];
  const groups = [...document.querySelectorAll(".group")];
  const texts = new Map();

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const textOf = (record) => {
    if (!texts.has(record)) texts.set(record, plain(record.textContent));
    return texts.get(record);
  };

  const address = () => {
    const chosen = new URLSearchParams();
    for (const select of selects) if (select.value) chosen.set(select.dataset.name, select.value);
    if (words.value.trim()) chosen.set("words", words.value.trim());
    return chosen.toString();
  };

  // The places of what is chosen, by which the records know it.
  const wanted = () =>
    selects
      .filter((select) => select.selectedIndex > 0)
      .map((select) => [select.dataset.name, String(select.selectedIndex - 1)]);

  const show = () => {
    const places = wanted();
    const parts = plain(words.value).split(/\s+/).filter(Boolean);
    let number = 0;
    for (const record of records) {
      const fits =
        places.every(([name, place]) => record.dataset[name].split(" ").includes(place)) &&
        parts.every((part) => textOf(record).includes(part));
      record.hidden = !fits;
      number += fits;
    }
    for (const group of groups) group.hidden = !group.querySelector("details.record:not([hidden])");
    const text = panel.dataset.shown
      .replace("{shown}", () => number.toLocaleString("en-GB"))
      .replace("{total}", () => records.length.toLocaleString("en-GB"));
    if (shown.textContent !== text) shown.textContent = text;
  };

  const choose = (chosen) => {
    for (const select of selects) {
      const value = chosen.get(select.dataset.name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    words.value = chosen.get("words") ?? "";
    show();
  };

  const keep = () => {
    show();
    const chosen = address();
    history.replaceState(null, "", chosen ? `#${chosen}` : location.pathname + location.search);
  };

  const reveal = (record) => {
    if (record.hidden) choose(new URLSearchParams());
    record.open = true;
    record.scrollIntoView({ behavior: "instant" });
    record.querySelector("summary").focus({ preventScroll: true });
  };

  // An address names a view, or a place in the page.
  const follow = (isFirst) => {
    const text = location.hash.slice(1);
    const record = records.find((one) => one.id === text);
    if (record) reveal(record);
    else if (text.includes("=")) {
      choose(new URLSearchParams(text));
      find("page--records").scrollIntoView({ behavior: "instant" });
      if (!isFirst) find("page--records").focus({ preventScroll: true });
    } else if (!text) choose(new URLSearchParams());
  };

  for (const link of document.querySelectorAll("a[data-filter]")) {
    const chosen = new URLSearchParams([[link.dataset.filter, link.dataset.value]]);
    link.setAttribute("href", `#${chosen}`);
  }
  for (const select of selects) select.addEventListener("change", keep);
  words.addEventListener("input", keep);
  find("page--clear").addEventListener("click", () => {
    choose(new URLSearchParams());
    keep();
  });
  const openAll = (isOpen) => {
    for (const record of records) if (!record.hidden) record.open = isOpen;
  };
  find("page--open").addEventListener("click", () => openAll(true));
  find("page--close").addEventListener("click", () => openAll(false));
  window.addEventListener("hashchange", () => follow(false));
  panel.hidden = false;
  show();
  follow(true);
  // The browser itself goes to the place that the address names when all is loaded.
  window.addEventListener("load", () => {
    if (document.activeElement === document.body) follow(true);
  });
})();
