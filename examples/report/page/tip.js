// What is shown when the pointer rests on a mark.  Built of elements, so that
// no text of a telegram is ever read as HTML.

import { number } from "./look.js";

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/**
 * title: first line; lines: further ones, empty ones left out;
 * parts: [{ name, value, colour }], those of value 0 left out.
 */
export function tip(title, lines, parts = []) {
  const box = document.createElement("div");
  box.className = "tip";
  box.append(element("b", title));
  for (const line of lines) if (line) box.append(element("i", line));
  for (const { name, value, colour } of parts) {
    if (!value) continue;
    const row = document.createElement("span");
    if (colour) {
      const sample = document.createElement("u");
      sample.style.background = colour;
      row.append(sample);
    }
    row.append(element("span", name), element("em", number(value)));
    box.append(row);
  }
  return box;
}

/** The frame around it. */
export const tip_frame = (colours) => ({
  confine: true,
  backgroundColor: colours.surface,
  borderColor: colours.rule,
  padding: [8, 12],
  textStyle: { color: colours.ink, fontFamily: colours.font },
});
