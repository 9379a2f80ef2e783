// Posts on a map of the world.  Reads the columns place, country, latitude,
// longitude, telegrams, classified, first and last; the others may be there.

import { geoEqualEarth, geoPath } from "d3-geo";
import { ScatterChart } from "echarts/charts";
import { GeoComponent } from "echarts/components";
import { registerMap, use } from "echarts/core";
import { feature } from "topojson-client";
import world from "world-atlas/countries-110m.json";

import { number } from "./look.js";
import { tip, tip_frame } from "./tip.js";

use([GeoComponent, ScatterChart]);

const ANTARCTICA = "010"; // no post lies there, and it takes much room

const countries = feature(world, world.objects.countries);
countries.features = countries.features.filter(({ id }) => id !== ANTARCTICA);
registerMap("world", countries);

// Turned a little, so that the cut lies in the Bering Strait.
const equal_earth = geoEqualEarth().rotate([-11, 0]);
const [[left, top], [right, bottom]] =
  geoPath(equal_earth).bounds(countries); // in the pixels of d3
const MARGIN = 8; // pixels around the map
const projection = {
  project: (point) => equal_earth(point),
  unproject: (point) => equal_earth.invert(point),
  stream: equal_earth.stream,
};

/** Rows as objects, those without a place left out. */
function placed(query) {
  return query.rows
    .map((row) => Object.fromEntries(row.map((v, i) => [query.columns[i], v])))
    .filter((post) => post.latitude !== null && post.longitude !== null);
}

const days = ({ first, last }) =>
  first === last ? first : first && `${first} to ${last}`;

// What the buttons show: centre and enlargement.
const VIEWS = [
  { name: "World", center: null, zoom: 1 },
  { name: "Europe", center: [15, 50], zoom: 5 },
  { name: "Africa", center: [20, 3], zoom: 2.4 },
  { name: "Asia", center: [85, 27], zoom: 2.2 },
  { name: "Americas", center: [-80, 8], zoom: 1.7 },
];

const overlap = (a, b) =>
  a.x < b.x + b.width && b.x < a.x + a.width &&
  a.y < b.y + b.height && b.y < a.y + a.height;

/** On which side of its circle the name of a post has room, by post: the
 * largest first, and no name over another name, a circle or the edge. */
function sides(posts, size, width, zoom, font) {
  const scale = (zoom * width) / (right - left);
  const circles = posts.map((post) => {
    const [x, y] = equal_earth([post.longitude, post.latitude]);
    const r = size(post.telegrams) / 2;
    return { post, x: (x - left) * scale - r, y: (y - top) * scale - r,
             width: 2 * r, height: 2 * r };
  });
  const names = [];
  const room = (circle, side) => {
    const width = circle.post.place.length * font * 0.6;
    return {
      post: circle.post,
      side,
      x: side === "right" ? circle.x + circle.width + 3 : circle.x - width - 3,
      y: circle.y + circle.height / 2 - font / 2,
      width,
      height: font,
    };
  };
  const free = (name, own) =>
    name.x > 0 && name.x + name.width < width * zoom &&
    ![...names, ...circles].some((o) => o !== own && overlap(name, o));
  for (const circle of circles) {
    const name = ["right", "left"].map((side) => room(circle, side))
      .find((name) => free(name, circle));
    if (name) names.push(name);
  }
  return new Map(names.map(({ post, side }) => [post, side]));
}

export function map(query, colours, width) {
  const posts = placed(query);
  const most = Math.max(1, ...posts.map(({ telegrams }) => telegrams));
  const largest = Math.max(13, Math.min(46, width / 26));
  const size = (telegrams) =>
    Math.max(5, largest * Math.sqrt(telegrams / most));
  const font = width < 500 ? 10 : 11;
  const marks = (zoom) => {
    const named = sides(posts, size, width - 2 * MARGIN, zoom, font);
    return posts.map((post) => ({
      name: post.place,
      value: [post.longitude, post.latitude, post.telegrams],
      label: { show: named.has(post), position: named.get(post) },
      post,
    }));
  };
  return {
    height: Math.round(
      ((width - 2 * MARGIN) * (bottom - top)) / (right - left) + 2 * MARGIN),
    views: VIEWS.map(({ name, center, zoom }) => ({
      name,
      option: { geo: { center, zoom }, series: [{ data: marks(zoom) }] },
    })),
    label:
      `Map of the world with ${number(posts.length)} posts; ` +
      (posts.length
        ? `${posts[0].place} sent the most, ${number(posts[0].telegrams)}. `
        : "") +
      "The table below has all of them.",
    option: {
      tooltip: {
        ...tip_frame(colours),
        trigger: "item",
        formatter: ({ data }) =>
          data?.post
            ? tip(data.post.place, [data.post.country, days(data.post)], [
                { name: "telegrams", value: data.post.telegrams },
                { name: "of them classified", value: data.post.classified },
              ])
            : "",
      },
      geo: {
        map: "world",
        projection,
        roam: "move",
        silent: true,
        preserveAspect: "contain",
        left: MARGIN,
        right: MARGIN,
        top: MARGIN,
        bottom: MARGIN,
        itemStyle: {
          areaColor: colours.land,
          borderColor: colours.border,
          borderWidth: 0.5,
        },
      },
      series: [
        {
          type: "scatter",
          coordinateSystem: "geo",
          data: marks(1),
          symbolSize: (value) => size(value[2]),
          itemStyle: {
            color: colours.accent,
            opacity: 0.72,
            borderColor: colours.surface,
            borderWidth: 1,
          },
          emphasis: { itemStyle: { opacity: 1 }, scale: 1.15 },
          label: {
            distance: 3,
            formatter: "{b}",
            color: colours.ink,
            fontFamily: colours.font,
            fontSize: font,
          },
        },
      ],
    },
  };
}
