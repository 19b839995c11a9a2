// The measurements behind the figures in the README: `npm run bench -- [--people N] [--only publish,decide,lists,peer,ledger,import,pages] [--seconds S] [--peer FOLDER]`.
import { Household } from "@/lib/delivery/cli/household";
import { programOf } from "@/lib/delivery/cli/programs";
import { decisionsOf } from "./ask-decisions";
import { prepareBenchGround, type BenchGround } from "./ground";
import { describeMachine } from "./machine";
import { measureDecisions } from "./measure-decisions";
import { measureImport } from "./measure-import";
import { measureLedger } from "./measure-ledger";
import { measureList } from "./measure-list";
import { measurePages } from "./measure-pages";
import { measurePeer } from "./measure-peer";
import { measurePublishing } from "./measure-publishing";
import { startMeasured } from "./measured-process";
import { parseOptions, type Options } from "./options";
import { seed } from "./seed";
import { keep, markdown, seconds, told, whole, type Row } from "./table";

const household = new Household();
process.exit(
  await household.run(async () => {
    const options = parseOptions(process.argv.slice(2));
    const ground = await prepareBenchGround(household);
    const { rows: version } = await ground.superuser.query<{ server_version: string }>("SHOW server_version");
    const rows: Row[] = [];
    try {
      for await (const measured of measure(options, ground)) rows.push(...measured);
    } finally {
      // What was measured before something went wrong was measured all the same.
      if (!household.signal.aborted) await tell(rows, options, version[0]?.server_version ?? "unknown");
    }
    return "done";
  }),
);

async function* measure({ people, only, seconds: load, peer }: Options, ground: BenchGround): AsyncGenerator<Row[]> {
  console.log(`Making ${whole(people)} people and their answers …`);
  const seeded = await seed(household, ground, people);
  yield [told(`Making ${whole(people)} people and their answers`, seconds(seeded.took), `${whole(seeded.entries)} entries in the ledger`)];

  if (only.has("publish") || only.has("decide") || (only.has("peer") && peer !== null)) {
    const gateway = await startMeasured(household, programOf("gateway", { ...ground, development: false }), `${ground.gateway}/v1/health`);
    const ask = decisionsOf(ground.gateway, seeded.apiKey);
    if (only.has("publish")) yield await step("Changing uses", () => measurePublishing(household, seeded, ask));
    if (only.has("decide")) yield await step("Deciding", () => measureDecisions(household, ground, seeded, gateway, ask, load));
    if (only.has("peer") && peer !== null) yield await step("Beside the peer", () => measurePeer(household, ground, seeded, gateway, peer, load));
    await gateway.stop();
  }
  if (only.has("lists")) yield await step("Cleansing a list", () => measureList(household, ground, seeded));
  if (only.has("ledger")) yield await step("Writing to the ledger", () => measureLedger(household, ground, seeded, load));
  // Its pages need the policy that is imported.
  if (only.has("import") || only.has("pages")) yield await step("Importing", () => measureImport(seeded));
  if (only.has("pages")) yield await step("Opening pages", () => measurePages(household, ground, seeded));
}

async function step(what: string, act: () => Promise<Row[]>): Promise<Row[]> {
  household.goOn();
  console.log(`${what} …`);
  return act();
}

async function tell(rows: readonly Row[], { people, seconds: load, only }: Options, postgres: string): Promise<void> {
  const machine = describeMachine(postgres);
  console.log(`\n${markdown(rows, machine)}\n`);
  console.log(`Kept in ${await keep(rows, machine, { people, seconds: load, only: [...only] })}.`);
}
