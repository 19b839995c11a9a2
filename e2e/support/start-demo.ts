import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { z } from "zod";

const demoSchema = z.object({
  web: z.string(),
  gateway: z.string(),
  apiKey: z.string(),
  staff: z.array(z.object({ email: z.string(), password: z.string(), role: z.string() })),
  customers: z.array(z.object({ ref: z.string(), email: z.string(), link: z.string() })),
});
export type Demo = z.infer<typeof demoSchema>;

const startedSchema = z.array(z.object({ demo: demoSchema, mailPage: z.string() }));
type Started = z.infer<typeof startedSchema>[number];

/** Each worker has a demo to itself, so that no test counts, forgets or changes what another looks at. */
function own(): Started {
  const all = startedSchema.parse(JSON.parse(process.env["HANDSHAKE_TEST_DEMOS"] ?? "[]"));
  const found = all[Number(process.env["TEST_PARALLEL_INDEX"])];
  if (found === undefined) throw new Error("the demo was not started");
  return found;
}

/** The demo that this run started for this worker. */
export function demo(): Demo {
  return own().demo;
}

/** Where the mail that it caught can be read. */
export function mailPage(): string {
  return own().mailPage;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}

async function read(folder: string, mailPort: number | string): Promise<Started> {
  return { demo: demoSchema.parse(JSON.parse(await readFile(path.join(folder, "demo.json"), "utf8"))), mailPage: `http://127.0.0.1:${mailPort}` };
}

/** `npm run demo` itself, in a folder and on ports of its own; stopped as Ctrl-C would. */
async function startOne([web, gateway, mail]: readonly [number, number, number]): Promise<{ started: Started; stop: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-demo-"));
  const child = spawn(process.execPath, ["bin/handshake.mjs", "demo"], {
    cwd: path.resolve(import.meta.dirname, "../.."),
    env: { ...process.env, HANDSHAKE_DIR: folder, WEB_PORT: String(web), GATEWAY_PORT: String(gateway), MAIL_PORT: String(mail) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString("utf8");
      if (said.includes("Handshake is up.")) resolve();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("exit", (code) => reject(new Error(`the demo ended with ${code}:\n${said}`)));
  });
  const stop = async () => {
    child.removeAllListeners("exit");
    const ended = once(child, "exit");
    child.kill("SIGINT");
    const [code] = await ended;
    if (code !== 0) throw new Error(`the demo did not stop cleanly (${String(code)}):\n${said}`);
    await rm(folder, { recursive: true, force: true });
  };
  return { started: await read(folder, mail), stop };
}

/**
 * Before the browser tests: a demo for each worker; they share one build of the pages.
 * While writing tests, HANDSHAKE_TEST_RUNNING names the folder of a demo that runs already, and MAIL_PORT its mail page.
 */
export default async function start({ workers }: { readonly workers: number }): Promise<() => Promise<void>> {
  const running = process.env["HANDSHAKE_TEST_RUNNING"];
  if (running) {
    process.env["HANDSHAKE_TEST_DEMOS"] = JSON.stringify([await read(running, process.env["MAIL_PORT"] ?? "")]);
    return async () => undefined;
  }
  // All ports at once: one that is given back may be given to the next who asks.
  const ports = await freePorts(3 * workers);
  const begun = await Promise.allSettled(Array.from({ length: workers }, (_, i) => startOne([ports[3 * i] ?? 0, ports[3 * i + 1] ?? 0, ports[3 * i + 2] ?? 0])));
  const demos = begun.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const stop = async () => {
    await Promise.all(demos.map((one) => one.stop()));
  };
  const failed = begun.find((one) => one.status === "rejected");
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  process.env["HANDSHAKE_TEST_DEMOS"] = JSON.stringify(demos.map(({ started }) => started));
  return stop;
}
