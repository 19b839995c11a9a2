import { openSync, readdirSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { request, type Request } from "./requests";

/** What a client knows: what it sent, and what came back. `at` is its own clock, in milliseconds since 1970. */
const line = z.union([
  z.strictObject({ sent: request, at: z.number() }),
  z.strictObject({ acknowledged: z.uuid(), bytes: z.string() }),
  z.strictObject({ refused: z.uuid(), code: z.string() }),
  z.strictObject({ failed: z.uuid(), error: z.string() }),
]);
type Line = z.infer<typeof line>;

/** One request as its journal tells it. */
export type Story = {
  readonly request: Request;
  /** When it was last sent again because nobody knew what had become of it; null where that was never so. */
  again: number | null;
  /** What it was acknowledged with, each time. */
  readonly acknowledged: string[];
  /** The codes of the refusals. */
  readonly refused: string[];
};

/**
 * A client's notebook. Each line is written to the file before the client goes on, in one piece, at its end: whoever is
 * killed has lost the line it was writing at most.
 */
export class Journal {
  private readonly file: number;

  constructor(readonly name: string) {
    this.file = openSync(name, "a");
    // A line that was broken off by a kill ends here.
    this.put("\n");
  }

  write(entry: Line): void {
    this.put(`${JSON.stringify(entry)}\n`);
  }

  private put(text: string): void {
    const bytes = Buffer.from(text, "utf8");
    if (writeSync(this.file, bytes) !== bytes.length) throw new Error(`${this.name} is full`);
  }
}

/** What a journal tells, request by request, in the order in which they were first sent. */
export function readJournal(file: string): Map<string, Story> {
  const stories = new Map<string, Story>();
  for (const text of readFileSync(file, "utf8").split("\n")) {
    const entry = parse(text);
    if (entry === null) continue;
    if ("sent" in entry) {
      const story = stories.get(entry.sent.id);
      if (!story) stories.set(entry.sent.id, { request: entry.sent, again: null, acknowledged: [], refused: [] });
      else if (inDoubt(story)) story.again = entry.at;
    } else if ("acknowledged" in entry) known(stories, entry.acknowledged).acknowledged.push(entry.bytes);
    else if ("refused" in entry) known(stories, entry.refused).refused.push(entry.code);
  }
  return stories;
}

/** All journals of a folder, one after the other. */
export function readJournals(folder: string): Story[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".journal")).sort();
  return files.flatMap((name) => [...readJournal(path.join(folder, name)).values()]);
}

/** Whether nobody knows what became of it. */
export const inDoubt = (story: Story): boolean => story.acknowledged.length === 0 && story.refused.length === 0;

function known(stories: ReadonlyMap<string, Story>, id: string): Story {
  const story = stories.get(id);
  if (!story) throw new Error(`request ${id} was answered and never sent`);
  return story;
}

/** A line that was broken off says nothing; it is as if it had not been written. */
function parse(text: string): Line | null {
  if (!text.endsWith("}")) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return line.parse(value);
}
