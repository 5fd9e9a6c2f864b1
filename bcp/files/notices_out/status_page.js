"use strict";
(function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var parts = Array.prototype.slice.call(document.querySelectorAll("[data-language]"));
  var buttons = Array.prototype.slice.call(document.querySelectorAll("[data-show]"));

  function show(language) {
    parts.forEach(function (part) { part.hidden = part.getAttribute("data-language") !== language; });
    buttons.forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-show") === language));
    });
    document.documentElement.lang = language;
    document.title = data.titles[language];
  }

  function wished() {
    var wanted = (location.hash.slice(1) ? [location.hash.slice(1)] : []).concat(navigator.languages || []);
    for (var k = 0; k < wanted.length; k++) {
      var code = String(wanted[k]).slice(0, 2).toLowerCase();
      if (data.titles[code]) { return code; }
    }
    return data.language;
  }

  buttons.forEach(function (button) {
    button.addEventListener("click", function () { show(button.getAttribute("data-show")); });
  });
  document.querySelector(".languages").hidden = false;
  show(wished());

  // SHA-256 (FIPS 180-4); written out, since browsers give theirs to pages from a file only in part.
  var K = [], H0 = [], n = 2;
  function root(x, k) { return ((Math.pow(x, 1 / k) % 1) * 4294967296) | 0; }
  for (; K.length < 64; n++) {
    for (var d = 2, prime = true; d * d <= n; d++) { if (n % d === 0) { prime = false; break; } }
    if (prime) { if (H0.length < 8) { H0.push(root(n, 2)); } K.push(root(n, 3)); }
  }
  function sha256(bytes) {
    var h = H0.slice(), w = new Array(64), length = bytes.length, data = bytes.slice();
    data.push(0x80);
    while (data.length % 64 !== 56) { data.push(0); }
    for (var s = 7; s >= 0; s--) { data.push(s > 3 ? 0 : ((length * 8) >>> (s * 8)) & 255); }
    function turn(x, by) { return (x >>> by) | (x << (32 - by)); }
    for (var at = 0; at < data.length; at += 64) {
      var v = h.slice(), t;
      for (t = 0; t < 64; t++) {
        if (t < 16) {
          var o = at + t * 4;
          w[t] = (data[o] << 24) | (data[o + 1] << 16) | (data[o + 2] << 8) | data[o + 3];
        } else {
          var a = w[t - 15], b = w[t - 2];
          w[t] = (w[t - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[t - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
        }
        var e = v[4], p = (v[7] + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & v[5]) ^ (~e & v[6])) + K[t] + w[t]) | 0;
        var f = v[0], q = ((turn(f, 2) ^ turn(f, 13) ^ turn(f, 22)) + ((f & v[1]) ^ (f & v[2]) ^ (v[1] & v[2]))) | 0;
        v = [(p + q) | 0, v[0], v[1], v[2], (v[3] + p) | 0, v[4], v[5], v[6]];
      }
      for (t = 0; t < 8; t++) { h[t] = (h[t] + v[t]) | 0; }
    }
    var out = [];
    h.forEach(function (x) { out.push((x >>> 24) & 255, (x >>> 16) & 255, (x >>> 8) & 255, x & 255); });
    return out;
  }
  function checksum(id) {
    var bytes = Array.prototype.slice.call(new TextEncoder().encode(data.salt + ":" + id));
    for (var k = 0; k < data.rounds; k++) { bytes = sha256(bytes); }
    return bytes.slice(0, 16).map(function (x) { return (x < 16 ? "0" : "") + x.toString(16); }).join("");
  }
  function written(id) {
    var bare = id.trim();
    return data.fold ? bare.replace(/\s+/g, "").replace(/[a-z]/g, function (c) { return c.toUpperCase(); }) : bare;
  }

  Array.prototype.slice.call(document.querySelectorAll("form.line-form")).forEach(function (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var section = form.parentNode, id = written(form.querySelector("input").value);
      var hits = id ? data.lines[checksum(id)] || [] : [];
      section.querySelector(".hit").hidden = !hits.length;
      section.querySelector(".free").hidden = !id || !!hits.length;
      Array.prototype.slice.call(section.querySelectorAll("article")).forEach(function (article) {
        article.hidden = hits.indexOf(Number(article.getAttribute("data-notice"))) < 0;
      });
    });
  });
})();
