// The keyboard for the drafts of a text. Every key presses a button that stands on the page; without this file all works by hand.
"use strict";
(() => {
  const drafts = Array.from(document.querySelectorAll(".draft"));
  const help = document.getElementById("keys");
  const on = document.getElementById("keys-on");
  if (!drafts.length || !help || !on) return;

  const kept = "kembar-intake-keys";
  on.checked = localStorage.getItem(kept) !== "off";
  on.addEventListener("change", () => localStorage.setItem(kept, on.checked ? "on" : "off"));

  const here = () => document.activeElement.closest(".draft") || document.querySelector(".draft:target");
  const waiting = drafts.filter((draft) => draft.classList.contains("is-waiting"));

  function show(draft) {
    for (const old of document.querySelectorAll(".here")) old.classList.remove("here");
    const anchor = document.getElementById(draft.dataset.text);
    const text = document.querySelector(".reading .text");
    const mark = anchor && anchor.nextElementSibling;
    if (!mark) return;
    mark.classList.add("here");
    // Beside the drafts the text has a scroll bar of its own; below one another the page must stay where it is.
    if (text.scrollHeight > text.clientHeight) {
      text.scrollTop += mark.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
    }
  }

  function go(draft) {
    if (!draft) return;
    draft.focus({ preventScroll: true });
    draft.scrollIntoView({ block: "nearest", behavior: "instant" });
    show(draft);
  }

  function step(by) {
    const from = here();
    const place = from ? drafts.indexOf(from) + by : by > 0 ? 0 : drafts.length - 1;
    go(from ? drafts[place] : waiting[0] || drafts[0]);
  }

  function press(key) {
    const draft = here();
    const part = draft && draft.querySelector(`[data-key="${key}"]`);
    if (!part) return;
    if (part.tagName === "FORM") return part.requestSubmit();
    part.open = true;
    part.querySelector("input:not([type=hidden]), select, textarea").focus();
  }

  // Capital letters decide on every draft of the kind one stands in.
  function pressAll(key) {
    const draft = here() || waiting[0];
    const form = draft && draft.closest("section").querySelector(`[data-all="${key}"]`);
    if (form) form.requestSubmit();
  }

  function place() {
    const text = document.activeElement.closest(".text");
    if (text) return go(document.querySelector(document.activeElement.getAttribute("href") || "#none"));
    const draft = here();
    const anchor = draft && document.getElementById(draft.dataset.text);
    if (anchor && anchor.nextElementSibling) anchor.nextElementSibling.focus();
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    a: () => press("a"),
    d: () => press("d"),
    A: () => pressAll("a"),
    D: () => pressAll("d"),
    e: () => press("e"),
    m: () => press("m"),
    t: place,
    "?": () => { help.open = !help.open; if (help.open) help.querySelector("summary").focus(); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape" && typing) return go(typing.closest(".draft"));
    if (typing || !on.checked || event.repeat || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  document.addEventListener("focusin", (event) => {
    const draft = event.target.closest(".draft");
    if (draft) show(draft);
  });

  // After the browser has gone to the place in the address: going there takes the focus away.
  addEventListener("load", () => {
    const named = location.hash && document.querySelector(location.hash.replace(/[^#\w-]/g, ""));
    if (named && named.classList.contains("draft")) go(named);
    else if (named && named.id.startsWith("kind-")) go(waiting.find((draft) => named.parentElement.contains(draft)) || waiting[0]);
  });
})();
