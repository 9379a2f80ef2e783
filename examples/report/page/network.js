// The neighbourhood of one telegram: a column of boxes for each step away from
// it, the earlier telegrams to the left.  Reads the columns refid, step, sent,
// subject, classification, level, cited_by, at_step and refers_to.

import { CustomChart } from "echarts/charts";
import { use } from "echarts/core";

import { number, words } from "./look.js";
import { tip, tip_frame } from "./tip.js";

use([CustomChart]);

const HEAD = 62; // pixels for the legend and the heading of a column
const ROW = 46; // pixels for a box and the room below it
const BOX = 36; // pixels for a box
const NARROWEST = 172; // pixels for a column: on a phone the chart scrolls

const HEADINGS = {
  "-2": "they refer to",
  "-1": "it refers to",
  0: "the telegram",
  1: "refer to it",
  2: "refer to them",
};

/** Boxes with their places, and the lines between them. */
function lay_out(query, width) {
  const nodes = query.rows.map((row) =>
    Object.fromEntries(row.map((v, i) => [query.columns[i], v])));
  const steps = [...new Set(nodes.map(({ step }) => step))]
    .sort((a, b) => a - b);
  const column = Math.max(NARROWEST, width / steps.length);
  const scrolls = column * steps.length > width;
  const gap = Math.min(44, column * 0.18);
  const tallest = Math.max(
    ...steps.map((s) => nodes.filter(({ step }) => step === s).length));
  const columns = steps.map((step, at) => {
    const here = nodes.filter((node) => node.step === step);
    const room = (tallest - here.length) * ROW;
    const top = HEAD + (scrolls ? 0 : room / 2);
    here.forEach((node, nth) => {
      node.x = at * column + 1;
      node.y = top + nth * ROW;
      node.width = column - gap;
    });
    return { step, x: at * column + 1, y: top - 14, shown: here.length,
             of: here[0].at_step };
  });
  const by_refid = new Map(nodes.map((node) => [node.refid, node]));
  const lines = nodes.flatMap((from) =>
    JSON.parse(from.refers_to)
      .map((refid) => ({ from, to: by_refid.get(refid) })));
  return {
    nodes,
    lines,
    columns,
    width: column * steps.length,
    height: HEAD + tallest * ROW,
    // What is seen first: the telegram stands in the middle.
    start: scrolls
      ? Math.max(0, nodes[0].x + (nodes[0].width - width) / 2)
      : 0,
  };
}

/** A line from a telegram to one that it refers to, with an arrow there. */
function draw_line({ from, to }, colours) {
  const middle = BOX / 2;
  const loop = from.x === to.x; // within a column, around its right side
  const leftward = to.x < from.x;
  const start = [loop || !leftward ? from.x + from.width : from.x,
                 from.y + middle];
  const end = [loop || leftward ? to.x + to.width : to.x, to.y + middle];
  const turn = end[0] === to.x ? -1 : 1; // the side that the arrow comes from
  const tail = [end[0] + turn * 7, end[1]];
  const bend = loop ? 26 : Math.abs(tail[0] - start[0]) / 2;
  const direction = loop || !leftward ? 1 : -1;
  return {
    type: "group",
    children: [
      {
        type: "bezierCurve",
        shape: {
          x1: start[0], y1: start[1], x2: tail[0], y2: tail[1],
          cpx1: start[0] + direction * bend, cpy1: start[1],
          cpx2: tail[0] + turn * bend, cpy2: tail[1],
        },
        style: { stroke: colours.quiet, fill: null, lineWidth: 1.1,
                 opacity: 0.55 },
      },
      {
        type: "polygon",
        shape: { points: [end, [tail[0], tail[1] - 3.5],
                          [tail[0], tail[1] + 3.5]] },
        style: { fill: colours.quiet, opacity: 0.8 },
      },
    ],
  };
}

function draw_node(node, colours) {
  const held = node.level !== "not_held";
  const main = node.step === 0;
  const text = (y, content, style) => ({
    type: "text",
    style: { x: 13, y, text: content, fontFamily: colours.font,
             width: node.width - 19, overflow: "truncate", ellipsis: "…",
             ...style },
  });
  return {
    type: "group",
    x: node.x,
    y: node.y,
    children: [
      {
        type: "rect",
        shape: { x: 0, y: 0, width: node.width, height: BOX, r: 5 },
        style: {
          fill: colours.surface,
          stroke: main ? colours.ink : colours.border,
          lineWidth: main ? 2 : 1,
          lineDash: held ? null : [4, 3],
        },
      },
      {
        type: "rect",
        shape: { x: 3, y: 3, width: 5, height: BOX - 6, r: 2 },
        style: { fill: held ? colours.of(node.level) : "none" },
      },
      text(5, node.refid,
           { fill: colours.ink, fontSize: 11, fontWeight: 600 }),
      text(20, held ? node.subject ?? "" : "not in the archive",
           { fill: colours.quiet, fontSize: 10.5 }),
    ],
  };
}

const LEVELS = ["unclassified", "official_use", "confidential", "secret",
                "top_secret", "not_stated"];

/** The levels that occur, each with its place in the legend. */
function legend_of(nodes, start) {
  let x = start + 1;
  return LEVELS.filter((level) => nodes.some((node) => node.level === level))
    .map((level) => {
      const entry = { level, x };
      x += 38 + level.length * 6.6;
      return entry;
    });
}

function draw_level({ level, x }, colours) {
  return {
    type: "group",
    x,
    y: 2,
    children: [
      {
        type: "rect",
        shape: { x: 0, y: 0, width: 12, height: 12, r: 3 },
        style: { fill: colours.of(level) },
      },
      {
        type: "text",
        style: { x: 18, y: 0, text: words(level), fill: colours.ink,
                 fontFamily: colours.font, fontSize: 12 },
      },
    ],
  };
}

function draw_heading({ step, x, y, shown, of }, colours) {
  const left_out = of > shown ? `, ${shown} of ${number(of)}` : "";
  return {
    type: "text",
    style: {
      x, y: y - 12, text: (HEADINGS[step] ?? "") + left_out,
      fill: colours.quiet, fontFamily: colours.font, fontSize: 11.5,
    },
  };
}

/** A series that draws each of some things. */
const series = (name, things, draw, more = {}) => ({
  type: "custom",
  name,
  coordinateSystem: "none",
  data: things.map((_, nth) => nth),
  renderItem: ({ dataIndex }) => draw(things[dataIndex]),
  ...more,
});

function about(node) {
  return tip(node.refid, [
    node.subject,
    [node.sent, node.classification].filter(Boolean).join(" · "),
    node.level === "not_held" ? "not in the archive" : "",
    `referred to by ${number(node.cited_by)} in the archive`,
  ]);
}

export function network(query, colours, width) {
  const { nodes, lines, columns, start, ...size } = lay_out(query, width);
  return {
    height: size.height,
    start,
    width: Math.max(width, Math.ceil(size.width)),
    label:
      `References around ${nodes[0].refid}: ` +
      `${number(nodes.length)} telegrams and ` +
      `${number(lines.length)} references between them. ` +
      "The table below has all of them.",
    option: {
      tooltip: {
        ...tip_frame(colours),
        trigger: "item",
        formatter: ({ seriesName, dataIndex }) =>
          seriesName === "telegrams" ? about(nodes[dataIndex]) : "",
      },
      series: [
        series("references", lines, (line) => draw_line(line, colours),
               { silent: true }),
        series("levels", legend_of(nodes, start),
               (entry) => draw_level(entry, colours), { silent: true }),
        series("headings", columns, (head) => draw_heading(head, colours),
               { silent: true }),
        series("telegrams", nodes, (node) => draw_node(node, colours)),
      ],
    },
  };
}
