// The measurements behind the figures in the README: `npm run bench -- [--people N] [--only publish,decide,import,pages] [--seconds S]`.
import { Household } from "@/lib/delivery/cli/household";
import { programOf } from "@/lib/delivery/cli/programs";
import { decisionsOf } from "./ask-decisions";
import { prepareBenchGround } from "./ground";
import { describeMachine } from "./machine";
import { measureDecisions } from "./measure-decisions";
import { measureImport } from "./measure-import";
import { measurePages } from "./measure-pages";
import { measurePublishing } from "./measure-publishing";
import { startMeasured } from "./measured-process";
import { parseOptions } from "./options";
import { seed } from "./seed";
import { keep, markdown, seconds, told, whole, type Row } from "./table";

const household = new Household();
const code = await household.run(async () => {
  const options = parseOptions(process.argv.slice(2));
  const { only, people } = options;
  const ground = await prepareBenchGround(household);
  console.log(`Making ${whole(people)} people and their answers …`);
  const seeded = await seed(household, ground, people);
  const rows: Row[] = [told(`Making ${whole(people)} people and their answers`, seconds(seeded.took), `${whole(seeded.entries)} entries in the ledger`)];

  if (only.has("publish") || only.has("decide")) {
    const gateway = await startMeasured(household, programOf("gateway", { ...ground, development: false }), `${ground.gateway}/v1/health`);
    const ask = decisionsOf(ground.gateway, seeded.apiKey);
    if (only.has("publish")) rows.push(...(await step("Changing uses", () => measurePublishing(household, seeded, ask))));
    if (only.has("decide")) rows.push(...(await step("Deciding", () => measureDecisions(household, ground, seeded, gateway, ask, options.seconds))));
    await gateway.stop();
  }
  // Its pages need the policy that is imported.
  if (only.has("import") || only.has("pages")) rows.push(...(await step("Importing", () => measureImport(seeded))));
  if (only.has("pages")) rows.push(...(await step("Opening pages", () => measurePages(household, ground, seeded))));

  const { rows: version } = await ground.superuser.query<{ server_version: string }>("SHOW server_version");
  const machine = describeMachine(version[0]?.server_version ?? "");
  console.log(`\n${markdown(rows, machine)}\n`);
  console.log(`Kept in ${await keep(rows, machine, { people, seconds: options.seconds, only: [...only] })}.`);
  return "done";
});
process.exit(code);

async function step(what: string, measure: () => Promise<Row[]>): Promise<Row[]> {
  household.goOn();
  console.log(`${what} …`);
  return measure();
}
