import { z } from "zod";
import { answerQuestionsInput } from "@/lib/contract/answer";
import { key, requestId } from "@/lib/contract/text";
import { canonicalJson, sha256, toHex } from "@/lib/data/digest";
import { writeToLedger } from "@/lib/data/ledger/write";
import type { PersonActor } from "@/lib/domain/actor";
import { leafHash } from "@/lib/domain/merkle";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { withdrawPermission } from "@/lib/usecases/withdraw-permission";

/** Something that a client asks for: enough to ask for the very same again. */
export const request = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("answers"), id: requestId, person: z.uuid(), answers: answerQuestionsInput.shape.answers }),
  z.strictObject({ kind: z.literal("withdrawal"), id: requestId, person: z.uuid(), use: key }),
  /** Two entries and a row that changes with them, in a transaction of their own; `words` make the entries long. */
  z.strictObject({ kind: z.literal("act"), id: requestId, words: z.string() }),
]);
export type Request = z.infer<typeof request>;

/** What an act was acknowledged with: where its entries stand. */
export const actAcknowledgement = z.array(z.strictObject({ index: z.int(), leaf: z.string() }));

export const personOf = (id: string): PersonActor => ({ kind: "person", id, channel: "host" });

/**
 * Does what is asked, and gives the acknowledgement back as the bytes that a client would get.
 * Throws what the use case throws.
 */
export async function perform(asked: Request): Promise<string> {
  switch (asked.kind) {
    case "answers":
      return JSON.stringify(await answerQuestions(personOf(asked.person), { answers: asked.answers, requestId: asked.id }));
    case "withdrawal":
      return JSON.stringify(await withdrawPermission(personOf(asked.person), { use: asked.use, requestId: asked.id }));
    case "act":
      return JSON.stringify(await act(asked.id, asked.words));
  }
}

/** The organisation is called after the last act, so that a name without its entries, or entries without it, show. */
function act(id: string, words: string): Promise<z.infer<typeof actAcknowledgement>> {
  return writeToLedger(
    { house: true },
    id,
    async ({ tx, append }) => {
      const made = [1, 2].map((rows) => append({ kind: "export-created", v: 1, what: id, subject: words, rows }));
      await tx.organisation.update({ where: { id: 1 }, data: { name: id } });
      return made.map(({ index, leaf }) => ({ index: Number(index), leaf: toHex(leaf) }));
    },
    async (_tx, entries) => entries.map((entry) => ({ index: entry.index, leaf: toHex(leafHash(sha256, Buffer.from(canonicalJson(entry), "utf8"))) })),
  );
}
