import { PlainError } from "@/lib/data/settings/plain-error";
import { demoSchema, readDemo, writeDemo, type Demo } from "./demo-file";
import type { Household } from "./household";
import { prepareGround, readPlace, reset, startProcesses, type Ground, type Wish } from "./launch";
import { typescript } from "./programs";
import { runStep } from "./step";

const wish: Wish = { processes: ["web", "gateway", "worker"], development: false, catchMail: true, makeSecrets: true };

/** `npm run demo`: everything at once with sample data. With `anew` the old demo is removed first. */
export async function runDemo(household: Household, anew: boolean): Promise<"stay"> {
  const place = await readPlace(wish);
  if (anew) await reset(place);
  const ground = await prepareGround(household, place, wish);
  const sample = sampleData(household, ground);
  // The processes may come up beside a later start's small change, but not on half of the sample data.
  if (ground.database.fresh) await sample;
  const [demo] = await Promise.all([sample, startProcesses(household, ground, wish)]);
  tell(ground, demo);
  return "stay";
}

async function sampleData(household: Household, ground: Ground): Promise<Demo> {
  const known = await readDemo(ground.place);
  if (!ground.database.fresh && known === null) {
    throw new PlainError(
      `The database holds something other than the demo (${ground.database.description}); set HANDSHAKE_DIR to a new folder, or empty it for good with npm run demo -- --reset.`,
    );
  }
  if (ground.database.fresh) console.log("Filling in the sample shop, once …");
  const program = typescript("lib/delivery/cli/sample-data.ts");
  const made = await runStep(
    household,
    { name: "sample", parameters: ground.database.fresh ? program : [...program, "links"], environment: ground.environment, talks: false },
    "The sample data could not be filled in; npm run demo -- --reset begins anew.",
  );
  // A later start has the same people and new links, and may have other ports.
  const demo = demoSchema.parse({ ...known, web: ground.place.webUrl, gateway: ground.place.gatewayUrl, ...asObject(made) });
  await writeDemo(ground.place, demo);
  return demo;
}

function asObject(message: unknown): object {
  return typeof message === "object" && message !== null ? message : {};
}

function tell({ place, database, mail }: Ground, demo: Demo): void {
  const line = (what: string, where: string, note = "") => console.log(`  ${what.padEnd(11)} ${where}${note === "" ? "" : `  ${note}`}`);
  const emailWidth = Math.max(...demo.staff.map(({ email }) => email.length));
  console.log("\nHandshake is up.\n");
  line("web", place.webUrl);
  line("gateway", place.gatewayUrl, `key ${demo.apiKey}`);
  if (mail !== null) line("mail", mail.pageUrl, "every message the demo sends");
  line("database", database.description);
  console.log(`\nStaff sign in at ${place.webUrl}/sign-in with these addresses and passwords:\n`);
  for (const { email, password, role } of demo.staff) line(role, email.padEnd(emailWidth), `password  ${password}`);
  console.log("\nThree customers open their own pages by these links; the first has answered nothing yet:\n");
  for (const { ref, email, link } of demo.customers) console.log(`  ${ref}  ${email}\n    ${link}`);
  console.log("\nCtrl-C stops everything; the data stays.\n");
}
