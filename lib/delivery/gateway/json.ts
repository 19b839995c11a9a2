import { Refusal } from "@/lib/domain/refusal";

/** Deeper than anything we take; what is deeper must not exhaust a stack further in. */
const deepest = 64;

/**
 * JSON as RFC 7493 (I-JSON) wants it: no name twice in one object, of which one reader takes the first and another the
 * last; and no `__proto__`. Refuses `invalid`, with the place.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw fault("", "Not JSON.", "The body is not JSON.");
  }
  // As many names in the text as in what came of it: then none was lost, and nothing needs to be looked at twice.
  if (countNames(value, 0) === namesIn(text)) return value;
  throw fault(badName(text), "This name is there twice, or is one that is not taken.", "The body names something twice, or by a name that is not taken.");
}

const fault = (path: string, message: string, sentence: string) => new Refusal("invalid", sentence, { faults: [{ path, message }] });

/** The names of all objects in a value; NaN where one of them is `__proto__`. */
function countNames(value: unknown, depth: number): number {
  if (typeof value !== "object" || value === null) return 0;
  if (depth === deepest) throw fault("", `Nested more than ${deepest} levels deep.`, "The body is nested too deep.");
  let count = 0;
  if (Array.isArray(value)) {
    for (const one of value) count += countNames(one, depth + 1);
    return count;
  }
  for (const [name, one] of Object.entries(value)) count += name === "__proto__" ? NaN : 1 + countNames(one, depth + 1);
  return count;
}

/** How many strings of a JSON text are followed by a colon. */
function namesIn(text: string): number {
  let count = 0;
  for (let start = text.indexOf('"'); start !== -1; ) {
    const end = endOfString(text, start);
    if (text[afterSpace(text, end)] === ":") count++;
    start = text.indexOf('"', end);
  }
  return count;
}

/** The place after a string that begins here. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
}

function afterSpace(text: string, from: number): number {
  let place = from;
  while (text[place] === " " || text[place] === "\n" || text[place] === "\r" || text[place] === "\t") place++;
  return place;
}

type Frame = { readonly names: Set<string> | null; part: string | number };

/** The path of the first name that is there twice, or that is not taken; only walked once something is known to be wrong. */
function badName(text: string): string {
  const frames: Frame[] = [];
  for (let place = 0; place < text.length; place++) {
    const frame = frames.at(-1);
    const character = text[place];
    if (character === "{") frames.push({ names: new Set(), part: "" });
    else if (character === "[") frames.push({ names: null, part: 0 });
    else if (character === "}" || character === "]") frames.pop();
    else if (character === "," && typeof frame?.part === "number") frame.part++;
    else if (character === '"') {
      const end = endOfString(text, place);
      if (frame?.names && text[afterSpace(text, end)] === ":") {
        const name: unknown = JSON.parse(text.slice(place, end));
        frame.part = String(name);
        if (frame.names.has(frame.part) || frame.part === "__proto__") return pathOf(frames);
        frame.names.add(frame.part);
      }
      place = end - 1;
    }
  }
  return "";
}

const pathOf = (frames: readonly Frame[]): string =>
  frames.reduce((path, { part }) => (typeof part === "number" ? `${path}[${part}]` : path ? `${path}.${part}` : part), "");
