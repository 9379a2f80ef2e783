// Stacked bars: "columns" stand along a time axis, "bars" lie one below the
// other.  The first column of the query names a bar, each further one is a
// part of it.  Two names are special: "meaning" explains the bar, "telegrams"
// is its total.

import { BarChart } from "echarts/charts";
import {
  DataZoomSliderComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
} from "echarts/components";
import { use } from "echarts/core";

import { filling, number, words } from "./look.js";
import { tip, tip_frame } from "./tip.js";

use([
  BarChart, DataZoomSliderComponent, GridComponent, LegendComponent,
  MarkLineComponent,
]);

const MANY = 60; // columns, from which on one can zoom

/** The columns that are drawn: those that are not 0 throughout. */
function parts(query) {
  const drawn = query.columns
    .map((name, at) => ({ name, at }))
    .slice(1)
    .filter(({ name }) => name !== "meaning" && name !== "telegrams")
    .filter(({ at }) => query.rows.some((row) => row[at]));
  if (drawn.length) return drawn;
  const total = query.columns.indexOf("telegrams");
  return total < 0 ? [] : [{ name: "telegrams", at: total }];
}

/** Years or months in order, with those that have no row. */
function without_gaps(labels) {
  const form = /^(\d{4})(-\d{2})?$/;
  if (!labels.length || !labels.every((label) => form.test(label))) {
    return labels;
  }
  const monthly = labels[0].length > 4;
  const index = (label) =>
    monthly ? label.slice(0, 4) * 12 + (label.slice(5) - 1) : Number(label);
  const first = index(labels[0]);
  const count = index(labels.at(-1)) - first + 1;
  if (count > 1200) return labels; // a year that somebody mistyped
  const four = (year) => String(year).padStart(4, "0");
  const name = (at) =>
    monthly
      ? `${four(Math.floor(at / 12))}-${String((at % 12) + 1).padStart(2, "0")}`
      : four(at);
  return Array.from({ length: count }, (_, at) => name(first + at));
}

/** How many lines the legend takes in a width. */
function legend_lines(drawn, width) {
  let lines = 1;
  let used = 0;
  for (const { name } of drawn) {
    const needed = name.length * 7 + 38;
    if (used && used + needed > width) {
      lines += 1;
      used = 0;
    }
    used += needed;
  }
  return lines;
}

const legend = (colours) => ({
  top: 0,
  left: 0,
  right: 0,
  itemWidth: 12,
  itemHeight: 12,
  itemGap: 14,
  icon: "roundRect",
  formatter: words,
  textStyle: { color: colours.ink, fontFamily: colours.font, fontSize: 12 },
});

const axis_text = (colours) => ({
  color: colours.quiet,
  fontFamily: colours.font,
  fontSize: 12,
});

const count_axis = (colours) => ({
  type: "value",
  minInterval: 1,
  splitNumber: 4,
  axisLabel: { ...axis_text(colours), formatter: number, hideOverlap: true },
  splitLine: { lineStyle: { color: colours.grid } },
});

function tooltip(query, drawn, rows, colours) {
  const column = (row, name) => row[query.columns.indexOf(name)];
  return {
    ...tip_frame(colours),
    trigger: "axis",
    axisPointer: { type: "shadow" },
    formatter: (marks) => {
      const row = rows.get(marks[0].name);
      const values = drawn.map(({ name, at }, nth) => ({
        name: words(name),
        value: row ? row[at] : 0,
        colour: colours.of(name, nth),
      }));
      const total = values.reduce((sum, { value }) => sum + value, 0);
      return tip(marks[0].name, [row && column(row, "meaning")], [
        ...values,
        { name: "together", value: drawn.length > 1 ? total : 0 },
      ]);
    },
  };
}

const by_label = (query) =>
  new Map(query.rows.map((row) => [String(row[0]), row]));

const total = (row, drawn) => drawn.reduce((sum, { at }) => sum + row[at], 0);

/** What a person who cannot see the chart is told. */
function summary(query, drawn, what) {
  const most = query.rows.reduce((best, row) =>
    total(row, drawn) > total(best, drawn) ? row : best);
  return (
    `${what}: ${query.said.title}. ${query.rows.length} bars from ` +
    `${query.rows[0][0]} to ${query.rows.at(-1)[0]}; the longest is ` +
    `${most[0]} with ${number(total(most, drawn))}. ` +
    "The table below has all values."
  );
}

/** A line at the year of today, where the axis has that year. */
function mark(query, labels, colours) {
  const year = query.today.slice(0, 4);
  if (query.said.mark !== "today" || !labels.includes(year)) return undefined;
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: colours.ink, type: "dashed", width: 1 },
    label: {
      formatter: "today",
      color: colours.ink,
      fontFamily: colours.font,
    },
    data: [{ xAxis: year }],
  };
}

export function columns(query, colours, width) {
  const drawn = parts(query);
  const rows = by_label(query);
  const labels = without_gaps([...rows.keys()]);
  const zoomed = labels.length > MANY;
  const top = 27 * legend_lines(drawn, width) + 24;
  const line = mark(query, labels, colours);
  return {
    height: top + (zoomed ? 330 : 290),
    label: summary(query, drawn, "Stacked columns"),
    option: {
      legend: legend(colours),
      tooltip: tooltip(query, drawn, rows, colours),
      grid: {
        left: 8,
        right: 8,
        top,
        bottom: zoomed ? 52 : 8,
        outerBoundsMode: "same",
      },
      dataZoom: zoomed
        ? [{ type: "slider", height: 24, bottom: 8, brushSelect: false,
             borderColor: colours.rule,
             textStyle: axis_text(colours) }]
        : [],
      xAxis: {
        type: "category",
        data: labels,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colours.border } },
        axisLabel: { ...axis_text(colours), hideOverlap: true },
      },
      yAxis: count_axis(colours),
      series: drawn.map(({ name, at }, nth) => ({
        name,
        type: "bar",
        stack: "all",
        barMaxWidth: 48,
        barCategoryGap: labels.length > 30 ? "12%" : "24%",
        itemStyle: filling(name, nth, colours),
        markLine: nth ? undefined : line,
        data: labels.map((label) => rows.get(label)?.[at] || null),
      })),
    },
  };
}

export function bars(query, colours, width) {
  const drawn = parts(query);
  const rows = by_label(query);
  const labels = [...rows.keys()];
  const meaning = query.columns.indexOf("meaning");
  const wide = width >= 300 && meaning > 0;
  const longest = Math.max(...labels.map((label) => label.length));
  const half = Math.round(width * 0.46);
  const room = wide ? half : Math.min(half, 24 + longest * 9);
  const code = Math.min(room - 10, 14 + longest * 9);
  const most = Math.max(...query.rows.map((row) => total(row, drawn)));
  const right = 14 + number(most).length * 8;
  const top = 27 * legend_lines(drawn, width) + 8;
  const name_of = (label) => {
    const text = wide ? rows.get(label)[meaning] : null;
    return `{code|${label}}` + (text ? `{text|${text}}` : "");
  };
  return {
    height: top + labels.length * 27 + 34,
    label: summary(query, drawn, "Stacked bars"),
    option: {
      legend: legend(colours),
      tooltip: tooltip(query, drawn, rows, colours),
      grid: { left: room, right, top, bottom: 28, outerBoundsMode: "none" },
      xAxis: count_axis(colours),
      yAxis: {
        type: "category",
        data: labels,
        inverse: true,
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: {
          formatter: name_of,
          interval: 0,
          margin: room,
          align: "left",
          width: room - 10,
          overflow: "truncate",
          rich: {
            code: { color: colours.ink, fontFamily: colours.font,
                    fontSize: 12, fontWeight: 600, width: code },
            text: { color: colours.quiet, fontFamily: colours.font,
                    fontSize: 12 },
          },
        },
      },
      series: [
        ...drawn.map(({ name, at }, nth) => ({
          name,
          type: "bar",
          stack: "all",
          barWidth: 16,
          itemStyle: filling(name, nth, colours),
          data: query.rows.map((row) => row[at] || null),
        })),
        { // writes the total behind each bar
          type: "bar",
          stack: "all",
          silent: true,
          data: query.rows.map(() => 0),
          label: {
            show: true,
            position: "right",
            color: colours.quiet,
            fontFamily: colours.font,
            fontSize: 12,
            formatter: ({ dataIndex }) =>
              number(total(query.rows[dataIndex], drawn)),
          },
        },
      ],
    },
  };
}
