import { parseArgs } from "node:util";
import { PlainError } from "@/lib/data/settings/plain-error";
import { askGateway } from "./gateway-client";

const usage = "Use it as: handshake decide --use KEY [--version N] PERSON …";

/** `handshake decide --use KEY PERSON …`: a line for each person, yes or no and why. */
export async function runDecide(words: readonly string[]): Promise<"done"> {
  const { use, version, people } = options(words);
  const decisions = await askGateway((handshake) => handshake.decideMany(people.map((person) => ({ person, use, ...(version === null ? {} : { version }) }))));
  decisions.forEach(({ allowed, reason, version: about, answeredAt }, i) => {
    console.log(`${allowed ? "yes" : "no "}  ${people[i]}  ${reason}, version ${about}${answeredAt === undefined ? "" : `, answered ${answeredAt}`}`);
  });
  return "done";
}

function options(words: readonly string[]): { readonly use: string; readonly version: number | null; readonly people: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options: { use: { type: "string" }, version: { type: "string" } } });
    const version = values.version === undefined ? null : Number(values.version);
    if (values.use === undefined || positionals.length === 0 || positionals.length > 1_000 || (version !== null && !Number.isInteger(version))) throw new PlainError(usage);
    return { use: values.use, version, people: positionals };
  } catch (cause) {
    throw cause instanceof PlainError ? cause : new PlainError(usage, cause);
  }
}
