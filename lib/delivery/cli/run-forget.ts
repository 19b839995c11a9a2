import { parseArgs } from "node:util";
import { PlainError } from "@/lib/data/settings/plain-error";
import { askGateway } from "./gateway-client";

const usage = "Use it as: handshake forget PERSON --yes [--leave-alone]. It cannot be undone, so it wants to be told yes.";

/** `handshake forget PERSON --yes`: what identifies the person is gone when it ends. */
export async function runForget(words: readonly string[]): Promise<"done"> {
  const { person, leaveAlone } = options(words);
  await askGateway((handshake) => handshake.forget(person, { leaveAlone }));
  console.log(`${person} is forgotten${leaveAlone ? " and will be left alone" : ""}.`);
  return "done";
}

function options(words: readonly string[]): { readonly person: string; readonly leaveAlone: boolean } {
  try {
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options: { yes: { type: "boolean", default: false }, "leave-alone": { type: "boolean", default: false } } });
    const [person, ...more] = positionals;
    if (person === undefined || more.length > 0 || !values.yes) throw new PlainError(usage);
    return { person, leaveAlone: values["leave-alone"] };
  } catch (cause) {
    throw cause instanceof PlainError ? cause : new PlainError(usage, cause);
  }
}
