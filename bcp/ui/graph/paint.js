// How boxes and arrows look, light and dark. A class is also written in the box, never told by colour alone.

const FONT = '"Source Sans", "Source Sans Pro", sans-serif';

export function theme(box) {
  const css = getComputedStyle(box);
  const read = (name, other) => css.getPropertyValue(name).trim() || other;
  const text = read("--st-text-color", "#1f2933");
  const back = read("--st-background-color", "#ffffff");
  return { text, back, primary: read("--st-primary-color", "#1d5f8a"), dark: luminance(back) < 0.4 };
}

function luminance(colour) {
  const probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = colour;
  probe.fillRect(0, 0, 1, 1);
  const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}

// Fill, line and text of each class of node, light and dark. The class is also written in the node.
const PAINT = {
  light: {
    plain: ["#f4f6f8", "#8795a1", "#1f2933"],
    service: ["#e3eefa", "#2f6fad", "#12324f"],
    number: ["#e8f4ee", "#2f855a", "#17412c"],
    network: ["#f1ecfa", "#6b4fa0", "#33244f"],
    people: ["#fbf3e0", "#a97b1c", "#4d3806"],
    full: ["#e6f4ec", "#2f855a", "#17412c"],
    reduced: ["#fdf0cf", "#b7791f", "#4d3806"],
    down: ["#fbdedb", "#b3261e", "#5c120d"],
  },
  dark: {
    plain: ["#2a3138", "#75828e", "#e6ebef"],
    service: ["#1b344b", "#5b9bd5", "#dcecfb"],
    number: ["#173a2a", "#52b788", "#d8f3e4"],
    network: ["#322747", "#a488d8", "#ece3fb"],
    people: ["#423413", "#d6a93f", "#faeecb"],
    full: ["#173a2a", "#52b788", "#d8f3e4"],
    reduced: ["#4a3a10", "#e0b040", "#fdf0cf"],
    down: ["#511a17", "#f0857d", "#fde0dd"],
  },
};

export function style(look) {
  const paint = PAINT[look.dark ? "dark" : "light"];
  const line = look.dark ? "#5f6b76" : "#aab4be";
  const classes = Object.entries(paint).map(([name, [fill, border, text]]) => ({
    selector: `node.${name}`,
    style: { "background-color": fill, "border-color": border, color: text },
  }));
  return [
    {
      selector: "node",
      style: {
        shape: "round-rectangle", width: 136, height: 46, "border-width": 1.5, label: "data(label)",
        "text-wrap": "wrap", "text-max-width": 128, "text-valign": "center", "text-halign": "center",
        "font-size": 11.5, "line-height": 1.12, "font-family": FONT, "min-zoomed-font-size": 4,
      },
    },
    ...classes,
    {
      selector: "node.frame",
      style: {
        shape: "round-rectangle", "background-color": look.text, "background-opacity": 0.05, "border-width": 1, "border-color": line,
        "border-style": "dashed", "text-valign": "top", "text-halign": "center", "text-margin-y": -3, "font-size": 12, "font-weight": "bold",
        color: look.text, padding: "12px", "compound-sizing-wrt-labels": "exclude",
      },
    },
    { selector: "node.folded", style: { "border-style": "double", "border-width": 5 } },
    {
      selector: "node.mark",
      style: {
        shape: "round-rectangle", width: "label", height: 16, padding: "4px", "font-size": 10.5, "border-width": 1,
        "background-color": look.back, "border-color": look.primary, color: look.text, "z-index": 20,
      },
    },
    { selector: "node.ghost", style: { width: 8, height: 8, shape: "ellipse", label: "", "background-color": look.primary, "border-width": 0, events: "no" } },
    { selector: "node.aimed", style: { "border-width": 4, "border-style": "dashed", "border-color": look.primary } },
    { selector: "node.activity", style: { "border-width": 2.5 } },
    { selector: "node.focus", style: { "border-width": 3.5 } },
    { selector: "node.chosen", style: { "border-width": 4, "border-color": look.primary, "overlay-color": look.primary, "overlay-opacity": 0.08, "overlay-padding": 4 } },
    {
      selector: "edge",
      style: {
        width: 1.4, "line-color": line, "target-arrow-color": line, "target-arrow-shape": "triangle",
        "arrow-scale": 0.8, "curve-style": "bezier", label: "data(label)", "font-size": 10, "font-family": FONT, color: look.text,
        "text-background-color": look.back, "text-background-opacity": 0.85, "text-background-padding": "1px", "min-zoomed-font-size": 5,
      },
    },
    {
      selector: "edge.long",
      style: { "curve-style": "round-segments", "edge-distances": "node-position", "segment-weights": "data(weights)", "segment-distances": "data(distances)", "segment-radii": "30" },
    },
    { selector: "edge.shared", style: { "line-style": "solid", "target-arrow-shape": "triangle-tee" } },
    { selector: "edge.start", style: { "line-style": "dotted" } },
    { selector: "edge.fallback", style: { "line-style": "dashed", "line-color": look.primary, "target-arrow-color": look.primary, "target-arrow-shape": "vee" } },
    { selector: "edge.merged", style: { width: 3, "line-style": "solid" } },
    { selector: "edge.drawn", style: { width: 2.5, "line-color": look.primary, "target-arrow-color": look.primary, "line-style": "dashed", events: "no" } },
    { selector: "edge.chosen", style: { width: 4, "line-color": look.primary, "target-arrow-color": look.primary } },
    { selector: "edge.chain", style: { width: 3, "line-color": paint.down[1], "target-arrow-color": paint.down[1] } },
  ];
}

// Lines of the buttons' signs, on a field of 24 by 24.
const SIGNS = {
  several: "M4 12l4 4 8-9 M13 16l2 2 6-7",
  rename: "M4 20h4L19 9l-4-4L4 16z M13 7l4 4",
  below: "M3 8h8v8H3z M13 12h3 M19 9v6 M16 12h6",
  above: "M13 8h8v8h-8z M8 12h3 M5 9v6 M2 12h6",
  connect: "M3 12h16 M14 6l6 6-6 6",
  look: "M12 8a4 4 0 1 0 0 8 4 4 0 1 0 0-8z M12 2v4 M12 18v4 M2 12h4 M18 12h4",
  copy: "M8 8h12v12H8z M16 8V4H4v12h4",
  remove: "M5 7h14 M9 7V4h6v3 M7 7l1 13h8l1-13 M10 11v6 M14 11v6",
};

// A button of the picture's own: with a sign, or a text where there is no sign of that name.
export function button(sign, title, act) {
  const made = document.createElement("button");
  made.type = "button";
  if (SIGNS[sign]) {
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    picture.setAttribute("viewBox", "0 0 24 24");
    picture.setAttribute("aria-hidden", "true");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", SIGNS[sign]);
    picture.append(line);
    made.append(picture);
    made.dataset.act = sign;
  } else made.textContent = sign;
  made.title = title;
  made.setAttribute("aria-label", title);
  made.onclick = act;
  return made;
}
