import { ledgerVerifierKey } from "@/lib/data/ledger/checkpoint";
import type { Standing, Stored } from "./stored";
import { leafOf, readNote, rootOf, subtreesOf } from "./tree";

/** Recomputes the whole ledger from the bodies of its entries alone, and says what is stored otherwise. */
export function checkLedger({ entries, nodes, checkpoints }: Stored): string[] {
  const wrong: string[] = [];
  const leaves = entries.map(({ body }) => leafOf(body));
  const requests = new Map<string, number>();
  entries.forEach(({ index, leaf, previous, recordedAt, request, place, said }, i) => {
    const before = i === 0 ? Buffer.alloc(32) : leaves[i - 1]!;
    if (index !== i || said.index !== i) wrong.push(`entry ${index} stands at ${i}`);
    if (!leaf.equals(leaves[i]!)) wrong.push(`the leaf of entry ${i} is another's`);
    if (!previous.equals(before) || said.previous !== before.toString("hex")) wrong.push(`entry ${i} does not follow from the one before it`);
    if (said.at !== recordedAt.toISOString()) wrong.push(`entry ${i} says another moment than its row`);
    if (i > 0 && said.at < entries[i - 1]!.said.at) wrong.push(`entry ${i} is older than the one before it`);
    if (said.request !== request || place !== (requests.get(request) ?? 0)) wrong.push(`entry ${i} is out of its request's order`);
    if (place > 0 && entries[i - 1]!.request !== request) wrong.push(`the entries of one request do not stand side by side at ${i}`);
    requests.set(request, place + 1);
  });

  const subtrees = subtreesOf(leaves);
  if (nodes.length !== subtrees.reduce((sum, level) => sum + level.length, 0)) wrong.push("the tree has more or fewer nodes than its leaves make");
  for (const { level, position, hash } of nodes) if (!subtrees[level]?.[position]?.equals(hash)) wrong.push(`node ${level}/${position} is another's`);
  for (const { size, root, note } of checkpoints) {
    const head = size <= leaves.length ? rootOf(subtrees, size) : null;
    const signed = readNote(note, ledgerVerifierKey());
    if (!head?.equals(root) || !signed?.root.equals(root) || signed.size !== size) wrong.push(`checkpoint ${size} is of another tree, or not signed`);
  }
  if ((checkpoints.at(-1)?.size ?? 0) !== entries.length) wrong.push(`the last checkpoint is ${checkpoints.at(-1)?.size}, and there are ${entries.length} entries`);
  return wrong;
}

/** The rows that answers are read from are what the entries make of them: the last one of each person counts. */
export function checkRows({ entries, standings, organisation }: Stored): string[] {
  const last = new Map<string, string>();
  let name: string | undefined;
  for (const { index, said } of entries) {
    const { kind, person, answer, version, what } = said;
    const about = kind === "permission-answered" ? `use ${said.use}` : kind === "policy-answered" ? `policy ${said.policy}` : null;
    if (about !== null) last.set(`${person} ${about}`, `${answer} ${version} ${index}`);
    if (kind === "export-created") name = what;
  }
  const named = ({ person, about }: Standing): string => `${person} ${about}`;
  const stand = new Map(standings.map((row) => [named(row), `${row.answer} ${row.version} ${row.index}`]));
  return [
    ...[...last].flatMap(([of, answered]) => (stand.get(of) === answered ? [] : [`${of} is "${stand.get(of)}", and was answered "${answered}"`])),
    ...standings.flatMap((row) => (last.has(named(row)) ? [] : [`${named(row)} was never answered`])),
    ...(name === undefined || name === organisation ? [] : ["the last act left another name than its own"]),
  ];
}
