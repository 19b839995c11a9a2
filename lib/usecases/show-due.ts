import type { DueView } from "@/lib/contract/question";
import { readDueOf } from "@/lib/data/due";
import { anyone } from "@/lib/domain/actor";
import { authoriseProgram } from "@/lib/usecases/authorise";

/**
 * Whether there is anything to ask somebody, without serving it. The key is looked up in the same statement, and judged
 * before anything else that it found.
 */
export async function showDue(apiKey: string, ref: string, audience: string): Promise<DueView> {
  const { program, items } = await readDueOf({ who: { ref }, audience, apiKey });
  authoriseProgram(program ?? anyone, "ask");
  const keys = (kind: "permission" | "policy") => items.filter((item) => item.kind === kind).map(({ key }) => key);
  return { due: items.length, uses: keys("permission"), policies: keys("policy") };
}
