import { z } from "zod";
import type { Household } from "./household";
import { prepareGround, readPlace, startProcesses, type Ground, type Wish } from "./launch";
import { processNames, typescript, type ProcessName } from "./programs";
import { runStep } from "./step";

const invitationSchema = z.object({ url: z.string().optional() });

/** `npm start`: everything at once, for real use. */
export async function runAll(household: Household): Promise<"stay"> {
  return run(household, { processes: processNames, development: false, catchMail: false, makeSecrets: false });
}

/** `npm run web`, `gateway` or `worker`: one process alone. */
export async function runOne(household: Household, name: ProcessName): Promise<"stay"> {
  return run(household, { processes: [name], development: false, catchMail: false, makeSecrets: false });
}

/** `npm run dev`: everything at once, made anew as the sources change. */
export async function runDevelopment(household: Household): Promise<"stay"> {
  return run(household, { processes: processNames, development: true, catchMail: true, makeSecrets: true });
}

async function run(household: Household, wish: Wish): Promise<"stay"> {
  const place = await readPlace(wish);
  const ground = await prepareGround(household, place, wish);
  const link = wish.processes.includes("web") ? await firstAdminLink(household, ground) : null;
  await startProcesses(household, ground, wish);
  tell(ground, wish, link);
  return "stay";
}

async function firstAdminLink(household: Household, ground: Ground): Promise<string | null> {
  const sent = await runStep(
    household,
    { name: "first", parameters: typescript("lib/delivery/cli/first-admin.ts"), environment: ground.environment, talks: false },
    "It could not be found out whether somebody can sign in:",
  );
  return invitationSchema.parse(sent ?? {}).url ?? null;
}

function tell({ place, database, mail }: Ground, wish: Wish, link: string | null): void {
  const line = (what: string, where: string) => console.log(`  ${what.padEnd(9)} ${where}`);
  console.log("\nHandshake is up.\n");
  if (wish.processes.includes("web")) line("web", place.webUrl);
  if (wish.processes.includes("gateway")) line("gateway", place.gatewayUrl);
  if (wish.processes.includes("worker")) line("worker", mail === null && place.mail.smtpUrl === null ? "runs; no SMTP_URL is set, so mail waits" : "runs");
  if (mail !== null) line("mail", mail.pageUrl);
  line("database", database.description);
  if (link !== null) console.log(`\nNobody can sign in yet. Create the first account here; the link works once:\n\n  ${link}`);
  console.log("\nCtrl-C stops everything.\n");
}
