import { rm } from "node:fs/promises";
import path from "node:path";
import { removeEmbeddedPostgres } from "@/lib/data/embedded-postgres/remove";
import { embeddedFolder, openDatabase, type OpenDatabase } from "@/lib/data/migrate/open-database";
import { PlainError } from "@/lib/data/settings/plain-error";
import { loadSecrets } from "@/lib/data/settings/secrets";
import { parsePlace, type PlaceSettings } from "@/lib/data/settings/settings";
import { Child } from "./child";
import { demoFile } from "./demo-file";
import { checkPorts } from "./free-ports";
import { describe, type Household } from "./household";
import { startMailCatcher, type MailCatcher } from "./mail-catcher/mail-catcher";
import { programOf, type ProcessName } from "./programs";
import { untilReady } from "./ready";
import { onSourceChange } from "./reload";
import { buildWeb } from "./web-build";

export type Wish = {
  readonly processes: readonly ProcessName[];
  /** Pages are made anew on every change, for contributors. */
  readonly development: boolean;
  /** Catch mail instead of sending it, and show it on a page, when no SMTP_URL is set. */
  readonly catchMail: boolean;
  /** Whether missing secrets may be made on the spot even with an operator's own database. */
  readonly makeSecrets: boolean;
};

/** What stands ready before the processes start. */
export type Ground = {
  readonly place: PlaceSettings;
  readonly database: OpenDatabase;
  readonly mail: MailCatcher | null;
  /** The environment for children: everything they need, and no more rights on the database than the application's. */
  readonly environment: NodeJS.ProcessEnv;
};

/** Reads the environment, and sees that every port is free, before anything else happens. */
export async function readPlace(wish: Wish): Promise<PlaceSettings> {
  const place = parsePlace(process.env);
  const ports = [
    { name: "web", variable: "WEB_PORT", host: place.host, port: place.webPort },
    { name: "gateway", variable: "GATEWAY_PORT", host: place.host, port: place.gatewayPort },
    ...(catches(wish, place) ? [{ name: "mail", variable: "MAIL_PORT", host: "127.0.0.1", port: place.mailPort }] : []),
  ];
  await checkPorts(ports.filter(({ name }) => name === "mail" || wish.processes.some((wanted) => wanted === name)));
  return place;
}

/** Removes the embedded database and all that belongs to it. @throws PlainError when the database is the operator's */
export async function reset(place: PlaceSettings): Promise<void> {
  if (place.given.databaseUrl !== null) {
    throw new PlainError("--reset empties only the embedded database; unset DATABASE_URL, or empty that database yourself.");
  }
  await removeEmbeddedPostgres(embeddedFolder(place));
  await rm(demoFile(place), { force: true });
  await rm(path.join(place.directory, "secrets.json"), { force: true });
}

/** Opens the database, the secrets and the mail catcher, and has the household close them at its end. */
export async function prepareGround(household: Household, place: PlaceSettings, wish: Wish): Promise<Ground> {
  const secrets = await loadSecrets(place, place.given.databaseUrl === null || wish.makeSecrets);
  household.goOn();
  const database = await openDatabase(place);
  household.onStop(() => database.close());
  database.onLost(() => household.end(1, "The database stopped, so everything else stops too."));
  household.goOn();
  const mail = catches(wish, place) ? await startMailCatcher({ pagePort: place.mailPort }) : null;
  if (mail !== null) household.onStop(() => mail.stop());
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    ...secrets,
    NODE_ENV: wish.development ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: database.appUrl,
    HANDSHAKE_DIR: place.directory,
    HANDSHAKE_URL: place.webUrl,
    ORGANISATION: place.organisation,
    NEXTAUTH_URL: place.webUrl,
    NEXTAUTH_SECRET: secrets.HANDSHAKE_SECRET,
    ...(mail === null ? {} : { SMTP_URL: mail.smtpUrl }),
  };
  delete environment["DATABASE_OWNER_URL"];
  return { place, database, mail, environment };
}

/**
 * Starts the processes and waits until each is ready. One that ends unasked ends the household; in development the
 * gateway and the worker start again with every change instead, and Next sees to the web itself.
 */
export async function startProcesses(household: Household, ground: Ground, wish: Wish): Promise<void> {
  if (wish.processes.includes("web") && !wish.development) await buildWeb(household, process.env);
  household.goOn();
  const running = new Map<ProcessName, Child>();
  const begin = async (name: ProcessName) => {
    const child = new Child(programOf(name, { ...ground, development: wish.development }));
    running.set(name, child);
    await untilReady(child, addressToAsk(name, ground.place), household.signal);
    child.letTalk();
    void child.exited.then((code) => {
      if (!child.stopping) report(household, child, code, wish.development && name !== "web");
    });
  };
  household.onStop(async () => {
    await Promise.all([...running.values()].map((child) => child.stop()));
  });
  await Promise.all(wish.processes.map(begin));
  if (!wish.development) return;
  onSourceChange(household, async () => {
    for (const name of wish.processes) {
      if (name === "web" || household.signal.aborted) continue;
      await running.get(name)?.stop();
      await begin(name).catch((error: unknown) => console.error(describe(error)));
    }
    console.log("Changed: gateway and worker started again.");
  });
}

function report(household: Household, child: Child, code: number | null, mayFail: boolean): void {
  const how = code === null ? "was killed" : `ended with code ${code}`;
  if (mayFail) console.error(`The ${child.name} process ${how}; it starts again with the next change.`);
  else household.end(1, `The ${child.name} process ${how}, so everything stops.`);
}

function catches(wish: Wish, place: PlaceSettings): boolean {
  return wish.catchMail && place.mail.smtpUrl === null;
}

/** Where to see whether a process answers; the worker listens nowhere and says itself when it is ready. */
function addressToAsk(name: string, place: PlaceSettings): string | null {
  if (name === "worker") return null;
  const host = place.host === "0.0.0.0" ? "127.0.0.1" : place.host.includes(":") ? `[${place.host === "::" ? "::1" : place.host}]` : place.host;
  return name === "web" ? `http://${host}:${place.webPort}/` : `http://${host}:${place.gatewayPort}/v1/health`;
}
