"use strict";
(() => {
  const keys = ["level", "family", "rule", "package", "owner"];
  const search = document.getElementById("search");
  const selects = Object.fromEntries(keys.map((key) => [key, document.getElementById("by-" + key)]));
  const findings = [...document.querySelectorAll("article")].map((element) => ({
    element,
    text: element.textContent.toLowerCase(),
    owners: element.dataset.owner.split("\n"),
  }));
  const groups = [...document.querySelectorAll("section.package")];
  const count = document.getElementById("count");

  function fits(finding, words) {
    for (const key of keys) {
      const wanted = selects[key].value;
      if (wanted === "") continue;
      const has = key === "owner"
        ? finding.owners.includes(wanted)
        : finding.element.dataset[key] === wanted;
      if (!has) return false;
    }
    return words.every((word) => finding.text.includes(word));
  }

  function apply() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const finding of findings) {
      const visible = fits(finding, words);
      finding.element.hidden = !visible;
      shown += visible;
    }
    for (const group of groups) group.hidden = !group.querySelector("article:not([hidden])");
    count.textContent = shown + " of " + findings.length + " findings";
  }

  function reset() {
    search.value = "";
    for (const key of keys) selects[key].value = "";
    apply();
  }

  let timer = 0;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 120);
  });
  for (const key of keys) selects[key].addEventListener("change", apply);
  document.getElementById("reset").addEventListener("click", reset);
  document.addEventListener("click", (event) => {
    const pick = event.target.closest("button.pick");
    if (!pick) return;
    reset();
    selects[pick.dataset.key].value = pick.dataset.value;
    apply();
    document.getElementById("findings").scrollIntoView();
  });
  document.getElementById("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  function follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest("[hidden]")) {
      reset();
      target.scrollIntoView();
    }
  }
  addEventListener("hashchange", follow);
  apply();
  follow();
})();
