import "./cytoscape.min.js";

// Draws a part of the plan at positions that Python computed, and tells Python which node was chosen.
// Python sends: nodes, edges, selected, focus, height, label, words {zoom_in, zoom_out, fit}.

const FONT = '"Source Sans", "Source Sans Pro", sans-serif';
const SMALLEST = 0.62;
const LARGEST = 1.15;
const drawn = new WeakMap();

function theme(box) {
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

function style(look) {
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
    { selector: "node.activity", style: { "border-width": 2.5 } },
    { selector: "node.focus", style: { "border-width": 3.5 } },
    { selector: "node.chosen", style: { "border-width": 4, "border-color": look.primary, "overlay-color": look.primary, "overlay-opacity": 0.08, "overlay-padding": 4 } },
    {
      selector: "edge",
      style: {
        width: 1.4, "line-color": line, "target-arrow-color": line, "target-arrow-shape": "triangle",
        "arrow-scale": 0.8, "curve-style": "bezier",
      },
    },
    {
      selector: "edge.long",
      style: { "curve-style": "round-segments", "edge-distances": "node-position", "segment-weights": "data(weights)", "segment-distances": "data(distances)", "segment-radii": "30" },
    },
    { selector: "edge.shared", style: { "line-style": "solid", "target-arrow-shape": "triangle-tee" } },
    { selector: "edge.start", style: { "line-style": "dotted" } },
    { selector: "edge.fallback", style: { "line-style": "dashed", "line-color": look.primary, "target-arrow-color": look.primary, "target-arrow-shape": "vee" } },
    { selector: "edge.chain", style: { width: 3, "line-color": paint.down[1], "target-arrow-color": paint.down[1] } },
  ];
}

function elements(data) {
  const nodes = data.nodes.map((n) => ({ group: "nodes", data: { id: n.id, label: n.label }, position: { x: n.x, y: n.y }, classes: n.classes }));
  const edges = data.edges.map((e) => ({ group: "edges", data: { id: e.id, source: e.source, target: e.target, ...(e.bends || {}) }, classes: e.bends ? `${e.classes} long` : e.classes }));
  return [...nodes, ...edges];
}

// Show everything where that stays readable; otherwise the focus, with what hangs on it to the right.
function frame(cy, data) {
  const margin = 16;
  cy.fit(undefined, margin);
  if (cy.zoom() >= SMALLEST && cy.zoom() <= LARGEST) return;
  const zoom = Math.min(LARGEST, Math.max(cy.zoom(), SMALLEST));
  const box = cy.elements().boundingBox();
  const found = cy.getElementById(data.focus || "");
  const focus = found.empty() ? { x: box.x1, y: (box.y1 + box.y2) / 2 } : found.position();
  const place = (size, low, high, at, share) => {
    if ((high - low) * zoom <= size - 2 * margin) return (size - (low + high) * zoom) / 2;
    return Math.max(size - margin - high * zoom, Math.min(margin - low * zoom, size * share - at * zoom));
  };
  cy.viewport({
    zoom,
    pan: { x: place(cy.width(), box.x1, box.x2, focus.x, 0.3), y: place(cy.height(), box.y1, box.y2, focus.y, 0.5) },
  });
}

function button(text, title, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.title = title;
  made.setAttribute("aria-label", title);
  made.onclick = act;
  return made;
}

function create(component) {
  const { parentElement } = component;
  const box = document.createElement("div");
  box.className = "bcp-graph";
  const canvas = document.createElement("div");
  canvas.className = "bcp-canvas";
  const tools = document.createElement("div");
  tools.className = "bcp-tools";
  box.append(canvas, tools);
  parentElement.append(box);
  const cy = globalThis.cytoscape({
    container: canvas, autoungrabify: true, boxSelectionEnabled: false, minZoom: 0.15, maxZoom: 2.5, userZoomingEnabled: false,
  });
  const kept = { box, canvas, tools, cy, shown: "", component };
  cy.on("tap", "node", (event) => {
    const id = event.target.id();
    cy.nodes().removeClass("chosen");
    event.target.addClass("chosen");
    kept.component.setTriggerValue("clicked", id);
  });
  const repaint = () => setTimeout(() => cy.style(style(theme(box))), 150);
  kept.media = matchMedia("(prefers-color-scheme: dark)");
  kept.media.addEventListener("change", repaint);
  kept.repaint = repaint;
  kept.resize = new ResizeObserver(() => { cy.resize(); if (kept.data) frame(cy, kept.data); });
  kept.resize.observe(canvas);
  return kept;
}

function toolbar(kept, words) {
  const zoom = (factor) => kept.cy.zoom({ level: kept.cy.zoom() * factor, renderedPosition: { x: kept.cy.width() / 2, y: kept.cy.height() / 2 } });
  kept.tools.replaceChildren(
    button("+", words.zoom_in, () => zoom(1.25)),
    button("−", words.zoom_out, () => zoom(0.8)),
    button("⤢", words.fit, () => kept.cy.fit(undefined, 16)),
  );
}

export default function (component) {
  const { parentElement, data } = component;
  let kept = drawn.get(parentElement);
  if (!kept) {
    kept = create(component);
    drawn.set(parentElement, kept);
  }
  kept.component = component;
  kept.data = data;
  const { cy, box, canvas } = kept;
  canvas.style.height = `${data.height}px`;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", data.label);
  toolbar(kept, data.words);
  const shown = JSON.stringify([data.focus, data.nodes.map((n) => [n.id, n.x, n.y])]);
  cy.batch(() => {
    cy.elements().remove();
    cy.add(elements(data));
  });
  cy.style(style(theme(box)));
  if (data.selected) cy.getElementById(data.selected).addClass("chosen");
  if (shown !== kept.shown) {
    kept.shown = shown;
    cy.resize();
    frame(cy, data);
  }
  box.dataset.nodes = String(data.nodes.length);
  box.bcpGraph = cy;
  return () => {
    kept.media.removeEventListener("change", kept.repaint);
    kept.resize.disconnect();
    cy.destroy();
    box.remove();
    drawn.delete(parentElement);
  };
}
