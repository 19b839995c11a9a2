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

/** The demo that this run started. */
export function demo(): Demo {
  const text = process.env["HANDSHAKE_TEST_DEMO"];
  if (!text) throw new Error("the demo was not started");
  return demoSchema.parse(JSON.parse(text));
}

/** Where the caught mail can be read. */
export function mailPage(): string {
  const port = process.env["HANDSHAKE_TEST_MAIL_PORT"];
  if (!port) throw new Error("the demo was not started");
  return `http://127.0.0.1:${port}`;
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

/** Leaves what the tests need where `demo` and `mailPage` find it, in this process and the workers. */
async function tell(folder: string, mailPort: number): Promise<void> {
  process.env["HANDSHAKE_TEST_DEMO"] = JSON.stringify(demoSchema.parse(JSON.parse(await readFile(path.join(folder, "demo.json"), "utf8"))));
  process.env["HANDSHAKE_TEST_MAIL_PORT"] = String(mailPort);
}

/**
 * Before the browser tests: `npm run demo` itself, in a folder and on ports of its own; stopped as Ctrl-C would.
 * While writing tests, HANDSHAKE_TEST_RUNNING names the folder of a demo that runs already, and MAIL_PORT its mail page.
 */
export default async function start(): Promise<() => Promise<void>> {
  const running = process.env["HANDSHAKE_TEST_RUNNING"];
  if (running) {
    await tell(running, Number(process.env["MAIL_PORT"]));
    return async () => undefined;
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-demo-"));
  const [web, gateway, mail] = await freePorts(3);
  const child = spawn(process.execPath, ["bin/handshake.mjs", "demo"], {
    cwd: path.resolve(import.meta.dirname, "../.."),
    env: { ...process.env, HANDSHAKE_DIR: folder, WEB_PORT: String(web), GATEWAY_PORT: String(gateway), MAIL_PORT: String(mail) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const up = new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString("utf8");
      if (said.includes("Handshake is up.")) resolve();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("exit", (code) => reject(new Error(`the demo ended with ${code}:\n${said}`)));
  });
  await up;
  await tell(folder, mail ?? 0);
  return async () => {
    child.removeAllListeners("exit");
    const ended = once(child, "exit");
    child.kill("SIGINT");
    const [code] = await ended;
    if (code !== 0) throw new Error(`the demo did not stop cleanly (${String(code)}):\n${said}`);
    await rm(folder, { recursive: true, force: true });
  };
}
