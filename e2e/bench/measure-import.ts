import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { database } from "@/lib/data/client";
import { PlainError } from "@/lib/data/settings/plain-error";
import { importPolicyHistory } from "@/lib/usecases/import-policy-history";
import { publishPolicyVersion } from "@/lib/usecases/publish-policy-version";
import type { Seeded } from "./seed";
import { atMost, seconds, told, type Row } from "./table";

const corpus = path.resolve("prisma/corpus/37signals-privacy-policy");
const versions = 97;
/** The short name of the imported policy. */
export const imported = "37signals-privacy";

/** Imports the history twice, and has it published, so that pages can show it. */
export async function measureImport({ team }: Seeded): Promise<Row[]> {
  const names = (await readdir(corpus)).filter((name) => /\.(md|json)$/.test(name) && name !== "README.md");
  const files = await Promise.all(names.map(async (name) => ({ path: name, bytes: new Uint8Array(await readFile(path.join(corpus, name))) })));
  const run = async () => {
    const began = performance.now();
    const input = { into: "new", requestId: randomUUID(), title: "37signals privacy policy", key: imported, audience: "everybody", asks: "nothing", locale: "en" } as const;
    const { found, added } = await importPolicyHistory(team.officer.actor, input, files);
    return { found, added, took: (performance.now() - began) / 1000, kept: await kept() };
  };
  const first = await run();
  const again = await run();
  if (first.found !== versions || first.added !== versions) throw new PlainError(`The import found ${first.found} versions and added ${first.added}, instead of ${versions}.`);
  if (again.added !== 0 || again.kept !== first.kept) throw new PlainError(`Importing again added ${again.added} versions: ${first.kept} became ${again.kept}.`);

  const last = await database().policyVersion.findFirstOrThrow({ where: { policy: { key: imported } }, orderBy: { number: "desc" }, select: { id: true, number: true, revision: true } });
  await publishPolicyVersion(team.approver.actor, { requestId: randomUUID(), key: imported, draft: last.id, version: last.number, revision: last.revision, replaces: last.number - 1, when: "now", inForceFrom: null });
  return [atMost(5, first.took, seconds, { what: `Import ${versions} versions of a policy` }), told("Import the same again", seconds(again.took), "nothing changed")];
}

/** Everything that a second import could have changed, in one line. */
async function kept(): Promise<string> {
  const [row] = await database().$queryRaw<{ kept: string }[]>`
    SELECT (SELECT count(*) || ' versions ' || md5(string_agg(v::text, '' ORDER BY v.id)) FROM policy_version v) || ', '
        || (SELECT count(*) || ' texts ' || md5(string_agg(t::text, '' ORDER BY t.version_id, t.locale)) FROM policy_text t) || ', '
        || (SELECT max(index) || ' entries' FROM ledger_entry) AS kept`;
  return row?.kept ?? "";
}
