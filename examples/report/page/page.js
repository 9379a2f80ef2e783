// Draws the charts of the page from the rows that stand in it.

import { TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

import { bars, columns } from "./bars.js";
import { look } from "./look.js";
import { map } from "./map.js";
import { network } from "./network.js";

use([SVGRenderer, TooltipComponent]);

// Each takes the query, the colours and the width that there is, in pixels.
// Gives { option, height, label } and, where it needs them: width, what it
// takes if that is more, with start, where it is to be seen from; views, the
// parts of a map.
const KINDS = { bars, columns, map, network };

const PAPER = 660; // pixels of width on paper

const { today, charts } =
  JSON.parse(document.getElementById("data").textContent);

/** Instances of ECharts by the name of their query; for the console too. */
const drawn = new Map();
globalThis.charts = drawn;

const views = new Map(); // by the name of the query: the parts of its map

/** Draws one chart, or draws it anew after the width or the colours changed. */
function draw(query, place, colours, paper) {
  const width = paper ? PAPER : place.parentElement.clientWidth;
  const made = KINDS[query.said.chart](query, colours, width);
  place.style.height = `${made.height}px`;
  place.style.width = made.width > width ? `${made.width}px` : "";
  place.style.zoom = paper ? Math.min(1, width / (made.width ?? width)) : "";
  place.setAttribute("aria-label", made.label);
  let chart = drawn.get(query.name);
  if (!chart) {
    chart = init(place, null, { renderer: "svg" });
    drawn.set(query.name, chart);
    if (made.views) add_views(query.name, place, made.views);
  }
  chart.resize({ width: made.width ?? width, height: made.height });
  chart.setOption({ animation: false, ...made.option }, { notMerge: true });
  if (made.start) place.parentElement.scrollLeft = made.start;
  if (made.views) {
    views.set(query.name, made.views);
    show_view(query.name, place.dataset.view ?? 0);
  }
}

/** Shows a part of a map. */
function show_view(name, nth) {
  const place = document.getElementById(`chart-${name}`);
  place.dataset.view = nth;
  drawn.get(name).setOption(views.get(name)[nth].option);
  [...place.previousElementSibling.children].forEach((button, at) =>
    button.setAttribute("aria-pressed", String(at === Number(nth))));
}

/** Buttons above a map for its parts. */
function add_views(name, place, parts) {
  const row = document.createElement("div");
  row.className = "zoom";
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", "Part of the map");
  parts.forEach((part, nth) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = part.name;
    button.addEventListener("click", () => show_view(name, nth));
    row.append(button);
  });
  place.before(row);
}

function draw_all(paper = false) {
  const colours = look();
  for (const query of charts) {
    const place = document.getElementById(`chart-${query.name}`);
    draw({ ...query, today }, place, colours, paper);
  }
}

/** A frame that scrolls around each chart: on a phone some are wider. */
function add_frames() {
  for (const { name } of charts) {
    const place = document.getElementById(`chart-${name}`);
    const frame = document.createElement("div");
    frame.className = "across";
    place.replaceWith(frame);
    frame.append(place);
  }
}

/** Paper is white and of one width. */
function print(paper) {
  document.documentElement.classList.toggle("printing", paper);
  draw_all(paper);
}

add_frames();
draw_all();

let width = document.documentElement.clientWidth;
addEventListener("resize", () => {
  if (width === document.documentElement.clientWidth) return;
  width = document.documentElement.clientWidth;
  draw_all();
});
matchMedia("(prefers-color-scheme: dark)")
  .addEventListener("change", () => draw_all());
addEventListener("beforeprint", () => print(true));
addEventListener("afterprint", () => print(false));
