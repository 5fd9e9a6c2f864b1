"use strict";
(function () {
  var nav = document.querySelector("nav[data-pack]"), name = "bcp-pack:" + nav.getAttribute("data-pack");
  var kept = {}, works = true;
  try { kept = JSON.parse(localStorage.getItem(name) || "{}") || {}; } catch (error) { works = false; }
  function save() {
    try { localStorage.setItem(name, JSON.stringify(kept)); } catch (error) { works = false; }
  }
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function now() { var d = new Date(); return two(d.getHours()) + ":" + two(d.getMinutes()); }

  var fields = Array.prototype.slice.call(document.querySelectorAll("[data-keep]"));
  function show() {
    fields.forEach(function (field) {
      var value = kept[field.getAttribute("data-keep")];
      if (field.type !== "checkbox") { field.value = typeof value === "string" ? value : ""; return; }
      field.checked = typeof value === "string";
      field.parentNode.querySelector(".when").textContent = field.checked ? value : "";
    });
  }
  fields.forEach(function (field) {
    field.addEventListener(field.type === "checkbox" ? "change" : "input", function () {
      var key = field.getAttribute("data-keep");
      if (field.type === "checkbox" ? field.checked : field.value) {
        kept[key] = field.type === "checkbox" ? now() : field.value;
      } else { delete kept[key]; }
      save();
      if (field.type === "checkbox") { show(); }
    });
  });
  show();

  var forget = document.getElementById("forget");
  forget.hidden = !works;
  forget.addEventListener("click", function () {
    if (confirm(forget.getAttribute("data-sure"))) { kept = {}; save(); show(); }
  });

  function day(text) { var p = text.split("-"); return Date.UTC(Number(p[0]), Number(p[1]) - 1, Number(p[2])); }
  var age = document.querySelector(".age"), today = new Date();
  var this_day = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate());
  var days = Math.round((this_day - day(age.getAttribute("data-made"))) / 86400000);
  var old = this_day > day(age.getAttribute("data-until"));
  age.className = old ? "age old" : "age";
  if (days > 0 || old) { age.textContent = age.getAttribute(old ? "data-old" : "data-fresh").replace("#", String(Math.max(days, 0))); }
})();
