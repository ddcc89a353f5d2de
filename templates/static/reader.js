// Remembers how a reader wants the pages: the size of type, and 长者模式. Without it both hold for one page.
"use strict";
{
  const KEY = "softsite-reading";
  const inputs = [...document.querySelectorAll(".tools input")];
  const remember = () => localStorage.setItem(KEY, inputs.filter(each => each.checked).map(each => each.id).join(" "));
  try {
    const wanted = (localStorage.getItem(KEY) ?? "").split(" ");
    for (const each of inputs.filter(each => wanted.includes(each.id))) each.checked = true;
    for (const each of inputs) each.addEventListener("change", remember);
  } catch {
    // The browser keeps nothing.
  }
}
