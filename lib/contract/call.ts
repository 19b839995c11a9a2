import type { z } from "zod";
import type { Scope } from "@/lib/domain/actor";
import type { RefusalCode } from "@/lib/domain/refusal";

/**
 * One call of the gateway: what the listener parses and serves, and what its description (OpenAPI) says. Schemas that are
 * left out mean that the call takes nothing of the kind.
 */
export type Call<P extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType, B extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> = {
  /** Its name in the description and in clients: one verb and what it is about. */
  readonly name: string;
  readonly method: "get" | "post" | "put" | "delete";
  /** As OpenAPI writes it: `/v1/people/{ref}/permissions`. */
  readonly path: `/v1/${string}`;
  /** What the API key must be allowed to do; null for calls that anybody may make. */
  readonly scope: Scope | null;
  /** A few words, as a heading. */
  readonly summary: string;
  /** Plain sentences: what it does and what whoever calls should know. */
  readonly description: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Media types of a list that streams in and out again; instead of a body. */
  readonly streams?: readonly string[];
  /** `type` is the media type of what is not JSON; `body` then describes its text. */
  readonly reply: { readonly status: 200 | 201; readonly body: R; readonly description: string; readonly type?: string } | { readonly status: 204; readonly description: string };
  /** Whether a browser key may make it too, for the person of its token. Left out: servers only. */
  readonly browser?: true;
  /**
   * What an `Idempotency-Key` does. `kept`: the door keeps the reply of what was done and gives it again; the act must be
   * one that may be done twice, since a process can end between the two. `ledger`: the use case hands the key to the
   * ledger, from whose entries the same reply is made again. `none`: nothing is written, or writing it twice changes nothing.
   * Left out: `kept` for writes, `none` for what only reads.
   */
  readonly idempotency?: "kept" | "ledger" | "none";
  /** The largest body it takes, in bytes. Left out: 1 MiB. */
  readonly mostBytes?: number;
  /** What is sent and what comes back, to copy and to compare with. */
  readonly example?: { readonly body?: unknown; readonly reply?: unknown };
  /** Refusals of its own, besides those that follow from what it takes (`call-refusals.ts`). */
  readonly refusals: readonly RefusalCode[];
};

/** Keeps the schemas' types. */
export const call = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(described: Call<P, Q, B, R>): Call<P, Q, B, R> => described;
