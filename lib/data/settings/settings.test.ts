import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { PlainError } from "./plain-error";
import { loadSecrets } from "./secrets";
import { parsePlace, parseSettings } from "./settings";

const masterKey = Buffer.alloc(32, 7).toString("base64");
const whole = { DATABASE_URL: "postgresql://a:b@db.example/handshake", HANDSHAKE_SECRET: "s".repeat(32), HANDSHAKE_MASTER_KEY: masterKey };

test("what is not set has the documented value", () => {
  expect(parsePlace({})).toMatchObject({
    production: false,
    directory: path.resolve(".handshake"),
    host: "127.0.0.1",
    webPort: 3000,
    gatewayPort: 3100,
    webUrl: "http://localhost:3000",
    gatewayUrl: "http://localhost:3100",
    mail: { smtpUrl: null },
  });
});

test("what is set is taken, and an empty value counts as not set", () => {
  expect(parseSettings({ ...whole, WEB_PORT: "8080", HANDSHAKE_URL: "https://privacy.example.com/", ORGANISATION: "Söder & Co", SMTP_URL: "", NODE_ENV: "production" })).toMatchObject({
    production: true,
    webPort: 8080,
    webUrl: "https://privacy.example.com",
    organisation: "Söder & Co",
    mail: { smtpUrl: null, from: '"Söder & Co" <no-reply@privacy.example.com>' },
    database: { appUrl: whole.DATABASE_URL },
    ledgerName: "privacy.example.com/handshake",
  });
});

test("the ledger's name is one that a checkpoint can carry", () => {
  expect(parseSettings({ ...whole, HANDSHAKE_LEDGER_NAME: "söder.example/handshake" }).ledgerName).toBe("söder.example/handshake");
  for (const name of ["two words", "a+b", "tab\there"]) expect(() => parseSettings({ ...whole, HANDSHAKE_LEDGER_NAME: name })).toThrow("HANDSHAKE_LEDGER_NAME must hold no space");
});

test("the witness lies beside what is kept, until it is put elsewhere", () => {
  expect(parsePlace({ HANDSHAKE_DIR: "/srv/hs" }).witness).toEqual({ folder: "/srv/hs/witness", url: null });
  expect(parsePlace({ HANDSHAKE_WITNESS: "/mnt/away", HANDSHAKE_WITNESS_URL: "https://auditor.example/notes" }).witness).toEqual({ folder: "/mnt/away", url: "https://auditor.example/notes" });
});

test("the ledger's key follows from the master key alone", () => {
  const seed = (change: object) => parseSettings({ ...whole, ...change }).ledgerSeed.toString("hex");
  expect(seed({ HANDSHAKE_SECRET: "t".repeat(40), HANDSHAKE_URL: "https://elsewhere.example" })).toBe(seed({}));
  expect(seed({ HANDSHAKE_MASTER_KEY: Buffer.alloc(32, 8).toString("base64") })).not.toBe(seed({}));
});

test.each([
  ["WEB_PORT", "http"],
  ["WEB_PORT", "70000"],
  ["GATEWAY_PORT", "3000"],
  ["GATEWAY_PORT", "-1"],
  ["HANDSHAKE_URL", "privacy.example.com"],
  ["HANDSHAKE_URL", "https://example.com/privacy"],
  ["DATABASE_URL", "mysql://a:hunter2@b/c"],
  ["SMTP_URL", "mail.example.com"],
  ["HANDSHAKE_SECRET", "too short"],
  ["HANDSHAKE_MASTER_KEY", "c2hvcnQ="],
  ["HANDSHAKE_MASTER_KEY", `${masterKey} and more`],
])("a wrong %s (%s) is one sentence that names it and keeps passwords to itself", (name, value) => {
  const parse = () => parseSettings({ ...whole, [name]: value });
  expect(parse).toThrow(PlainError);
  expect(parse).toThrow(new RegExp(`^[^\\n]*${name}[^\\n]*\\.$`));
  expect(parse).not.toThrow(/hunter2/);
});

test.each(["DATABASE_URL", "HANDSHAKE_SECRET", "HANDSHAKE_MASTER_KEY"])("a process without %s says so", (name) => {
  expect(() => parseSettings({ ...whole, [name]: undefined })).toThrow(new RegExp(`^${name} is not set`));
});

test("secrets are made once, for the owner's eyes only, and the environment goes before them", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-secrets-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const directory = path.join(folder, ".handshake");
  const made = await loadSecrets(parsePlace({ HANDSHAKE_DIR: directory }), true);
  expect(parseSettings({ ...whole, ...made }).masterKey).toHaveLength(32);
  expect((await stat(directory)).mode & 0o777).toBe(0o700);
  expect((await stat(path.join(directory, "secrets.json"))).mode & 0o777).toBe(0o600);
  expect(await loadSecrets(parsePlace({ HANDSHAKE_DIR: directory }), true)).toEqual(made);
  const given = await loadSecrets(parsePlace({ HANDSHAKE_DIR: directory, HANDSHAKE_SECRET: whole.HANDSHAKE_SECRET }), true);
  expect(given).toEqual({ ...made, HANDSHAKE_SECRET: whole.HANDSHAKE_SECRET });

  await writeFile(path.join(directory, "secrets.json"), "{}");
  await expect(loadSecrets(parsePlace({ HANDSHAKE_DIR: directory }), true)).rejects.toThrow(/are damaged/);
  expect(await readFile(path.join(directory, "secrets.json"), "utf8")).toBe("{}");
});

test("where secrets may not be made up, the missing one is named and nothing is written", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-secrets-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const place = (change: object) => parsePlace({ HANDSHAKE_DIR: path.join(folder, "none"), ...change });
  await expect(loadSecrets(place({}), false)).rejects.toThrow(/^HANDSHAKE_SECRET is not set/);
  await expect(loadSecrets(place({ HANDSHAKE_SECRET: whole.HANDSHAKE_SECRET }), false)).rejects.toThrow(/^HANDSHAKE_MASTER_KEY is not set/);
  await expect(stat(path.join(folder, "none"))).rejects.toThrow(/ENOENT/);
});
