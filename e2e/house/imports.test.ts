import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/**
 * The plan of the house: what a room may import. Most specific folder first. `packages` are npm packages (or `node:`);
 * a room may always import from itself. Test files may also import vitest, fast-check and what drives them.
 */
const rooms: readonly { readonly room: string; readonly ours: readonly string[]; readonly packages: readonly RegExp[] }[] = [
  { room: "lib/domain", ours: [], packages: [] },
  { room: "lib/contract", ours: ["lib/domain"], packages: [/^zod$/] },
  // Goes to host applications by itself: what it is made of, it is made of alone.
  { room: "lib/client", ours: [], packages: [/^node:crypto$/] },
  { room: "lib/text", ours: ["lib/domain"], packages: [/^node:/, /^(unified|remark-.+|rehype-.+|hast.*|mdast.*|unist.*|vfile|diff|yaml|fflate|lru-cache)$/] },
  {
    room: "lib/data",
    ours: ["lib/domain", "lib/contract"],
    packages: [/^node:/, /^@prisma\//, /^(pg|zod|canonicalize|rate-limiter-flexible|@node-rs\/argon2|csv-stringify.*|pg-.+)$/],
  },
  { room: "lib/usecases", ours: ["lib/domain", "lib/contract", "lib/data", "lib/text"], packages: [/^node:/, /^(csv-stringify.*)$/] },
  {
    room: "lib/delivery",
    ours: ["lib/usecases", "lib/contract", "lib/domain", "lib/data", "lib/text", "lib/client", "prisma/seed"],
    packages: [/^node:/, /^(next|next-auth|hono|@hono\/node-server|nodemailer|smtp-server|postal-mime|react|zod|csv-stringify|csv-parse)(\/.*)?$/],
  },
  { room: "components/ui", ours: [], packages: [/^(react|react-dom|lucide-react)(\/.*)?$/] },
  { room: "components", ours: ["components", "lib/contract", "lib/domain"], packages: [/^(react|react-dom|lucide-react|next)(\/.*)?$/] },
  {
    room: "app",
    ours: ["lib/delivery/web", "lib/usecases", "lib/contract", "lib/domain", "components", "app"],
    packages: [/^(react|next|next-auth|lucide-react|zod|@fontsource-variable)(\/.*)?$/, /^node:crypto$/],
  },
  { room: "prisma", ours: ["lib"], packages: [/^node:/, /^(pg|zod)$/] },
  { room: "e2e", ours: ["e2e", "prisma", "lib", "app"], packages: [/./] },
];

/** Rooms that `lib/data` may be reached from in delivery: to start and stop it, not to query it. */
const startAndStop = /^lib\/data\/(client|settings|embedded-postgres|migrate|seal|outbox|ledger\/witness)/;

function* sources(folder: string): Generator<string> {
  for (const name of readdirSync(path.join(root, folder))) {
    const inside = `${folder}/${name}`;
    if (inside === "lib/data/prisma-client" || name === "node_modules") continue;
    if (statSync(path.join(root, inside)).isDirectory()) yield* sources(inside);
    else if (/\.tsx?$/.test(name)) yield inside;
  }
}

const folderOf = (file: string) => rooms.find((one) => file.startsWith(`${one.room}/`));
const importsOf = (file: string) => ts.preProcessFile(readFileSync(path.join(root, file), "utf8"), true, true).importedFiles.map((one) => one.fileName);
const isTest = (file: string) => /\.(test|fixture)\.tsx?$/.test(file);

/** A path within the project, or null for a package. */
function within(file: string, specifier: string): string | null {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  if (specifier.startsWith(".")) return path.posix.join(path.posix.dirname(file), specifier);
  return null;
}

function complaint(file: string, specifier: string): string | null {
  const room = folderOf(file);
  if (!room) return `${file} lies in no room`;
  const target = within(file, specifier);
  if (target === null) {
    if (isTest(file) || room.packages.some((allowed) => allowed.test(specifier))) return null;
    return `${file} imports the package ${specifier}`;
  }
  if (/\.(css|json|svg)$/.test(target) || target.startsWith(`${room.room}/`)) return null;
  if (isTest(file) && /^(e2e\/support|prisma)\//.test(target)) return null;
  if (isTest(file) && room.room.startsWith("lib/") && target.startsWith("lib/")) return null;
  if (!room.ours.some((allowed) => target.startsWith(`${allowed}/`))) return `${file} imports ${target}`;
  if (room.room === "lib/delivery" && target.startsWith("lib/data/") && !startAndStop.test(target)) return `${file} queries ${target}`;
  return null;
}

describe("the house", () => {
  const files = ["lib", "components", "app", "prisma", "e2e"].flatMap((folder) => [...sources(folder)]);

  it("is walked whole", () => {
    for (const room of rooms) expect(files.filter((file) => file.startsWith(`${room.room}/`)).length, room.room).toBeGreaterThan(0);
  });

  it("has no import from a room into one that it may not see", () => {
    expect(files.flatMap((file) => importsOf(file).flatMap((specifier) => complaint(file, specifier) ?? []))).toEqual([]);
  });

  it("notices an import that it may not have", () => {
    expect(complaint("lib/domain/terms.ts", "@/lib/data/client")).not.toBeNull();
    expect(complaint("lib/domain/terms.ts", "node:crypto")).not.toBeNull();
    expect(complaint("lib/usecases/decide.ts", "@/lib/delivery/report")).not.toBeNull();
    expect(complaint("app/page.tsx", "@/lib/data/client")).not.toBeNull();
    expect(complaint("lib/delivery/gateway/app.ts", "@/lib/data/decisions")).not.toBeNull();
    expect(complaint("components/ui/button.tsx", "@/lib/domain/terms")).not.toBeNull();
  });

  it("has no folder that hides its files behind an index", () => {
    expect(files.filter((file) => /\/index\.tsx?$/.test(file))).toEqual([]);
  });
});
