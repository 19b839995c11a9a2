import { z } from "zod";
import { call } from "./call";

/** A whole number in an address. */
const place = (what: string, min: number, description: string) =>
  z
    .string({ error: `Give the ${what}.` })
    .regex(min === 0 ? /^(0|[1-9]\d{0,14})$/ : /^[1-9]\d{0,14}$/, `The ${what} is a whole number from ${min} up.`)
    .transform(Number)
    .meta({ type: "integer", minimum: min, description });

const index = z.int().describe("Index of the entry, counted from 0.");
const hash = z.string().meta({ description: "Lower-case hex SHA-256.", examples: ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"] });
const hashes = z.array(z.string()).meta({ description: "RFC 6962 hashes in base64, leaf to root." });
const note = z.string().meta({ description: "A signed checkpoint (c2sp.org/tlog-checkpoint)." });

export const checkpointCall = call({
  name: "readCheckpoint",
  method: "get",
  path: "/v1/ledger/checkpoint",
  scope: null,
  summary: "The newest signed checkpoint",
  description: "What the whole ledger amounts to at this moment, signed (c2sp.org/tlog-checkpoint). Anybody may read and keep it; whoever does can hold the ledger to its word.",
  reply: { status: 200, type: "text/plain; charset=utf-8", body: note, description: "The signed note." },
  refusals: ["not-found"],
});

export const entryView = z.strictObject({
  index,
  recordedAt: z.iso.datetime().describe("When it was written."),
  body: z.string().meta({ description: "The exact bytes that the leaf commits to, as RFC 8785 canonical JSON in UTF-8." }),
  leaf: hash.describe("RFC 6962 leaf hash of the entry: SHA-256, in lower-case hex."),
  previous: hash.describe("The leaf of the entry before; zeros for the first one."),
});
export type LedgerEntryView = z.infer<typeof entryView>;

export const entryCall = call({
  name: "readEntry",
  method: "get",
  path: "/v1/ledger/entries/{index}",
  scope: "audit",
  summary: "One entry of the ledger",
  description: "An entry with its leaf (SHA-256 over a zero byte and the body, RFC 6962 §2.1) and the leaf of the entry before it.",
  params: z.strictObject({ index: place("index", 0, "Index of the entry, counted from 0.") }),
  reply: { status: 200, body: entryView, description: "The entry as it was written." },
  refusals: ["not-found"],
});

export const inclusionView = z.strictObject({
  index,
  size: z.int().describe("Of how many entries the ledger is that the proof is for."),
  leaf: hash,
  hashes,
  checkpoint: note.nullable().describe("The signed checkpoint over exactly this size (c2sp.org/tlog-checkpoint), or null."),
});
export type InclusionView = z.infer<typeof inclusionView>;

export const inclusionCall = call({
  name: "proveEntry",
  method: "get",
  path: "/v1/ledger/proof",
  scope: "audit",
  summary: "Proof that an entry is in the ledger",
  description: "An inclusion proof (RFC 6962 §2.1.1) of an entry in the ledger of so many entries; without a size, of as many as the newest checkpoint stands for. `checkpoint` is the one that was signed over exactly this size, or null.",
  query: z.strictObject({
    index: place("index", 0, "Index of the entry, counted from 0."),
    size: place("size", 1, "Of how many entries the ledger is that the proof is for; without it, of the newest checkpoint's.").optional(),
  }),
  reply: { status: 200, body: inclusionView, description: "The hashes that lead from the leaf to the root." },
  refusals: ["not-found"],
});

export const consistencyView = z.strictObject({
  from: z.int().describe("The smaller size."),
  to: z.int().describe("The larger size."),
  hashes,
  checkpoints: z
    .strictObject({ from: note.nullable().describe("Over the smaller size."), to: note.nullable().describe("Over the larger size.") })
    .describe("The signed checkpoints over exactly these sizes (c2sp.org/tlog-checkpoint); null where none was signed."),
});
export type ConsistencyView = z.infer<typeof consistencyView>;

export const consistencyCall = call({
  name: "proveGrowth",
  method: "get",
  path: "/v1/ledger/consistency",
  scope: "audit",
  summary: "Proof that the ledger only grew",
  description: "A consistency proof (RFC 6962 §2.1.2): the ledger of `to` entries begins with the very ledger of `from` entries. Without `to` it is the newest checkpoint's size.",
  query: z.strictObject({
    from: place("size", 1, "The smaller size: how many entries there were."),
    to: place("size", 1, "The larger size; without it the newest checkpoint's.").optional(),
  }),
  reply: { status: 200, body: consistencyView, description: "The hashes by which both roots can be computed." },
  refusals: ["not-found"],
});
