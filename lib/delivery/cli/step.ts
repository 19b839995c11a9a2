import { PlainError } from "@/lib/data/settings/plain-error";
import { Child, type ChildProgram } from "./child";
import type { Household } from "./household";

/**
 * Runs a program to its end.
 * @returns the last message it sent with `process.send`, or null
 * @throws PlainError with `failure` and what the program said, when it ends with another code than 0
 */
export async function runStep(household: Household, program: ChildProgram, failure: string): Promise<unknown> {
  household.goOn();
  const child = new Child(program);
  let message: unknown = null;
  child.onMessage((sent) => {
    message = sent;
  });
  const stop = () => void child.stop();
  household.signal.addEventListener("abort", stop, { once: true });
  const code = await child.exited;
  household.signal.removeEventListener("abort", stop);
  household.goOn();
  if (code !== 0) throw new PlainError(`${failure}\n${child.lastWords}`.trim());
  return message;
}
