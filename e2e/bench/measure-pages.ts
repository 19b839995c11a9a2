import { database } from "@/lib/data/client";
import { findPersonIdByRef } from "@/lib/data/persons";
import { programOf } from "@/lib/delivery/cli/programs";
import { buildWeb } from "@/lib/delivery/cli/web-build";
import type { Household } from "@/lib/delivery/cli/household";
import { PlainError } from "@/lib/data/settings/plain-error";
import type { Role } from "@/lib/domain/roles";
import { sampleUses } from "@/prisma/seed/sample-uses";
import type { BenchGround } from "./ground";
import { imported } from "./measure-import";
import { startMeasured, type MeasuredProcess } from "./measured-process";
import type { Seeded } from "./seed";
import { refOf } from "./seed-publications";
import { signInAt } from "./sign-in";
import { countingStatements } from "./statements";
import { median } from "./statistics";
import { atMost, millis, whole, type Row } from "./table";

const warmUp = 20;
const [chunks, perChunk, connections] = [6, 20, 4];

type Page = { readonly what: string; readonly path: string; readonly role: Role };

/** Asks for each page of staff as they do, signed in, and takes the processor time of the web process. */
export async function measurePages(household: Household, ground: BenchGround, seeded: Seeded): Promise<Row[]> {
  await buildWeb(household, process.env);
  const program = programOf("web", { ...ground, development: false });
  const web = await startMeasured(household, program, `${ground.web}/`);
  const cookies = new Map<Role, string>();
  for (const role of ["officer", "compliance", "admin"] as const) cookies.set(role, await signInAt(ground.web, seeded.team[role]));
  const open = async ({ path, role }: Page) => {
    household.goOn();
    const answer = await fetch(`${ground.web}${path}`, { headers: { cookie: cookies.get(role) ?? "" }, redirect: "manual", signal: AbortSignal.timeout(60_000) });
    const body = await answer.text();
    if (answer.status !== 200 || !body.includes("</html>")) throw new PlainError(`${path} answered ${answer.status} instead of a page.`);
    return Buffer.byteLength(body);
  };
  const all = await pages(seeded);
  // All of them first: what they share is compiled before any of them is measured.
  for (const page of all) await times(warmUp, () => open(page));
  const measured: { page: Page; took: number; bytes: number }[] = [];
  for (const page of all) measured.push({ page, took: await timeOf(web, () => open(page)), bytes: await open(page) });
  return countingStatements(ground.superuser, async (count) => {
    const rows: Row[] = [];
    for (const { page, took, bytes } of measured) {
      const statements = await count(() => open(page));
      rows.push(atMost(15, took, millis, { what: page.what, beside: `${statements} SQL statements, ${whole(bytes / 1024)} KiB` }));
    }
    return rows;
  });
}

/** Processor time for one page in milliseconds, the median over several rounds of requests. */
async function timeOf(web: MeasuredProcess, open: () => Promise<unknown>): Promise<number> {
  const found: number[] = [];
  for (let chunk = 0; chunk < chunks; chunk++) {
    const before = await web.used();
    await times(perChunk, open);
    found.push(((await web.used()) - before) / perChunk / 1000);
  }
  return median(found);
}

/** Runs `act` so many times, four at once. */
async function times(count: number, act: () => Promise<unknown>): Promise<void> {
  let left = count;
  const work = async () => {
    while (left-- > 0) await act();
  };
  await Promise.all(Array.from({ length: connections }, work));
}

async function pages({ big, people }: Seeded): Promise<Page[]> {
  const changed = [...sampleUses].sort((a, b) => b.versions.length - a.versions.length)[0];
  const person = await findPersonIdByRef(database(), refOf(people - 1));
  return [
    { what: "Overview", path: "/studio", role: "officer" },
    { what: "Data uses", path: "/studio/uses", role: "officer" },
    { what: "A data use that everybody answered", path: `/studio/uses/${big}`, role: "officer" },
    { what: "Two versions of a data use compared", path: `/studio/uses/${changed?.key}/compare?from=1&to=2`, role: "officer" },
    { what: "Policies", path: "/studio/policies", role: "officer" },
    { what: "A policy with 97 versions", path: `/studio/policies/${imported}`, role: "officer" },
    { what: "Its first and last version compared", path: `/studio/policies/${imported}/compare?from=1&to=97`, role: "officer" },
    { what: "Prompts", path: "/studio/prompts", role: "officer" },
    { what: "People", path: "/studio/people", role: "officer" },
    { what: "One person", path: `/studio/people/${person}`, role: "officer" },
    { what: "Re-asks", path: "/studio/re-asks", role: "officer" },
    { what: "Reports", path: "/studio/reports", role: "compliance" },
    { what: "Ledger", path: "/studio/ledger", role: "compliance" },
    { what: "Team", path: "/studio/team", role: "admin" },
    { what: "Settings", path: "/studio/settings", role: "admin" },
  ];
}
