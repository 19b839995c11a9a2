import { z } from "zod";
import { request } from "./requests";

/** A question that somebody was shown. */
const served = z.strictObject({ kind: z.enum(["permission", "policy"]), key: z.string(), token: z.string() });

/** Who there is, and what each was asked. */
const subjects = z.array(z.strictObject({ person: z.string(), questions: z.array(served) }));
export type Subjects = z.infer<typeof subjects>;

/** What a writer is told: the database is up; stop and say when idle; go on with new requests; do just these. */
export const command = z.union([
  z.literal(["up", "pause"]),
  z.strictObject({ run: subjects }),
  z.strictObject({ perform: z.array(request) }),
]);
export type Command = z.infer<typeof command>;

/** What a writer says. `lost`: a request failed, and it waits to hear that the database is up. */
export const report = z.enum(["ready", "sent", "settled", "lost", "idle"]);
export type Report = z.infer<typeof report>;
