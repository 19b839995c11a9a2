import { digestOf, toHex } from "@/lib/data/digest";
import { AnswerQueue } from "@/lib/data/ledger/answer-queue";
import type { AnswerFacts, PersonFacts } from "@/lib/data/ledger/answer-facts";
import type { ProvenEntry } from "@/lib/data/ledger/proofs";
import { requestName } from "@/lib/data/ledger/request-name";
import { storyMoment } from "@/lib/data/ledger/write";
import type { By, PermissionAnswered, PolicyAnswered } from "@/lib/domain/entry";

/** An answer to be recorded; `about` is the id of the data use or policy. */
export type Answering = { readonly fact: PermissionAnswered | PolicyAnswered; readonly about: string };

/** One submit of one person: all of its answers are recorded, or none. */
export type Submit = {
  readonly by: By;
  readonly requestId: string;
  /** SHA-256 of what the request says. The same id with another digest is a conflict. */
  readonly digest: Uint8Array;
  readonly person: string;
  /** Ids of the data uses and policies that it is about. */
  readonly uses: readonly string[];
  readonly policies: readonly string[];
  /** Judges by what is true under the ledger's lock; throws a Refusal, and then only this submit fails. */
  decide(facts: AnswerFacts, person: PersonFacts): readonly Answering[];
};

/** What was just written, or the indexes of what the same request wrote before. */
export type Recorded = { readonly proven: readonly ProvenEntry[] } | { readonly before: readonly number[] };

/**
 * The door to the ledger for answers, of which there are many at once: those that wait together are written in one
 * statement under the ledger's lock, with the permissions they change, under one signed checkpoint. Each caller gets
 * entries with their proofs once they are on disk. The same request again writes nothing and says where its entries are.
 *
 * Throws what `decide` throws, and `idempotency-conflict` where the request id was used for something else.
 */
export function appendAnswers(submit: Submit): Promise<Recorded> {
  return queue.take({ ...submit, digest: digestOfAll(submit), name: requestName(submit.requestId), moment: storyMoment() });
}

/** What a request says, whoever says it and of whom: the same words of somebody else are another request. */
const digestOfAll = ({ by, person, digest }: Submit): Uint8Array => digestOf({ by, person, said: toHex(digest) });

const queue = new AnswerQueue();
