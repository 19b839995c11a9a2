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
import { postgresTime } from "./postgres-time";
import type { Seeded } from "./seed";
import { refOf } from "./seed-publications";
import { signInAt } from "./sign-in";
import { countingStatements } from "./statements";
import { median } from "./statistics";
import { atMost, millis, whole, type Row } from "./table";

const [warmUp, chunks, perChunk, connections] = [20, 6, 20, 4];
/** A page that takes seconds is measured by fewer requests, in milliseconds. */
const patience = 30_000;

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
  const measured: { page: Page; cost: Cost; bytes: number }[] = [];
  for (const page of all) measured.push({ page, cost: await costOf(web, ground.server, () => open(page)), bytes: await open(page) });
  return countingStatements(ground.superuser, async (count) => {
    const rows: Row[] = [];
    for (const { page, cost, bytes } of measured) {
      const statements = await count(() => open(page));
      const postgres = cost.postgres === null ? "" : `, ${millis(cost.postgres)} of PostgreSQL`;
      rows.push(atMost(15, cost.node, millis, { what: page.what, beside: `${statements} SQL statements${postgres}, ${whole(bytes / 1024)} KiB; there after ${millis(cost.wait)}` }));
    }
    return rows;
  });
}

/** What one page costs, in milliseconds: processor time of the web process and of PostgreSQL, and how long it takes to come. */
type Cost = { readonly node: number; readonly postgres: number | null; readonly wait: number };

/** The median over several rounds of requests. */
async function costOf(web: MeasuredProcess, server: number | null, open: () => Promise<unknown>): Promise<Cost> {
  const nodes: number[] = [];
  const waits: number[] = [];
  const [began, databaseBefore] = [performance.now(), await postgresTime(server)];
  for (let chunk = 0; chunk < chunks && performance.now() - began < patience; chunk++) {
    const [had, before] = [waits.length, await web.used()];
    await times(perChunk, async () => {
      const asked = performance.now();
      await open();
      waits.push(performance.now() - asked);
    });
    nodes.push(((await web.used()) - before) / (waits.length - had) / 1000);
  }
  const databaseAfter = await postgresTime(server);
  const postgres = databaseBefore === null || databaseAfter === null ? null : (databaseAfter - databaseBefore) / waits.length / 1000;
  return { node: median(nodes), postgres, wait: median(waits) };
}

/** Runs `act` so many times, four at once; fewer times where patience ends before. */
async function times(count: number, act: () => Promise<unknown>): Promise<void> {
  const until = performance.now() + patience;
  let left = count;
  const work = async () => {
    while (left-- > 0 && performance.now() < until) await act();
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
