import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { checkAccessibility, expect, test, type Page } from "../support/browser";
import { customer, member } from "../support/doors";

const run = promisify(execFile);
const project = path.resolve(import.meta.dirname, "../..");

/** An empty folder elsewhere, where `npx handshake-verify` is known and nothing else of ours. */
async function elsewhere() {
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-elsewhere-"));
  const prefix = path.join(folder, "programs");
  await mkdir(path.join(prefix, "bin"), { recursive: true });
  await symlink(path.join(project, "bin", "handshake-verify.mjs"), path.join(prefix, "bin", "handshake-verify"));
  const empty = path.join(folder, "empty");
  await mkdir(empty);
  return {
    /** What the verifier says of these bytes, and its exit code; it knows no database and no address of ours. */
    async verify(name: string, bytes: string | Buffer): Promise<{ code: number; said: string }> {
      await writeFile(path.join(empty, name), bytes);
      const environment = { PATH: process.env["PATH"] ?? "", HOME: folder, npm_config_prefix: prefix, NODE_ENV: "production" } as const;
      return run("npx", ["--offline", "handshake-verify", name], { cwd: empty, env: environment }).then(
        ({ stdout }) => ({ code: 0, said: stdout }),
        (error: { code: number; stdout: string }) => ({ code: error.code, said: error.stdout }),
      );
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function downloaded(page: Page, name: string | RegExp): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).first().click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test("the proof: a customer’s receipt and the whole ledger verify elsewhere, and a changed one does not", async ({ staff, stranger }) => {
  const away = await elsewhere();
  try {
    await test.step("a customer downloads the receipt of an answer", async () => {
      const page = await customer({ staff, stranger }, 1);
      await page.goto("/me/history");
      await page.getByRole("link", { name: /Receipt/ }).first().click();
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await checkAccessibility(page);
      const receipt = await downloaded(page, /^Download: /);
      expect(receipt.name).toMatch(/^handshake-receipt-\d+\.json$/);
      const good = await away.verify(receipt.name, receipt.bytes);
      expect(good, good.said).toMatchObject({ code: 0 });
      expect(good.said).toContain("Valid.");

      const changed = receipt.bytes.toString("utf8").replace(/\\"answer\\":\\"(\w)/, (_all, first: string) => `\\"answer\\":\\"${first === "g" ? "r" : "g"}`);
      expect(changed).not.toBe(receipt.bytes.toString("utf8"));
      const bad = await away.verify("changed.json", changed);
      expect(bad, bad.said).toMatchObject({ code: 1 });
      expect(bad.said).toContain("NOT VALID");
    });

    await test.step("compliance verifies the whole ledger, takes it away, and it verifies there too", async () => {
      const compliance = await member({ staff, stranger }, "compliance");
      await compliance.goto("/studio/ledger");
      await compliance.getByRole("button", { name: "Verify every entry" }).click();
      await expect(compliance.getByText(/All [\d,]+ entries hold/)).toBeVisible({ timeout: 60_000 });
      await checkAccessibility(compliance);
      const ledger = await downloaded(compliance, "Download the whole ledger");
      const good = await away.verify("ledger.ndjson", ledger.bytes);
      expect(good, good.said).toMatchObject({ code: 0 });

      const lines = ledger.bytes.toString("utf8").split("\n");
      const at = lines.findIndex((line) => line.includes('"answer":"granted"') && line.includes('"index":'));
      const { index } = JSON.parse(lines[at] ?? "{}") as { index: number };
      lines[at] = (lines[at] ?? "").replace('"answer":"granted"', '"answer":"refused"');
      const bad = await away.verify("forged.ndjson", lines.join("\n"));
      expect(bad, bad.said).toMatchObject({ code: 1 });
      expect(bad.said).toContain(`entry ${index}`);
    });
  } finally {
    await away.remove();
  }
});
