// Colours and type of the page, as its style sheet has them just now.

// A level of classification, or a column that is no level but has a colour.
const property = (name) => "--" + name.replaceAll("_", "-");

/** Reads the style: dark or light, for the screen or for paper. */
export function look() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    ink: read("--ink"),
    quiet: read("--quiet"),
    surface: read("--surface"),
    rule: read("--rule"),
    grid: read("--grid"),
    accent: read("--accent"),
    land: read("--land"),
    border: read("--border"),
    font: read("--sans"),
    /** The colour of a column; nth chooses one for a name without its own. */
    of: (name, nth = 0) =>
      read(property(name)) || read(`--other-${(nth % 4) + 1}`),
  };
}

const HATCHED = new Set(["not_stated", "25_year_rule"]);

/** How the bars of a column are filled. */
export function filling(name, nth, colours) {
  const style = {
    color: colours.of(name, nth),
    borderColor: colours.surface, // a thin gap between the parts of a bar
    borderWidth: 0.75,
  };
  if (HATCHED.has(name)) {
    style.decal = {
      color: colours.quiet,
      dashArrayX: [1, 0],
      dashArrayY: [1, 4],
      rotation: -Math.PI / 4,
    };
  }
  return style;
}

/** A column's name as people read it: top_secret is "top secret". */
export const words = (name) => name.replaceAll("_", " ");

export const number = (value) => value.toLocaleString("en");
