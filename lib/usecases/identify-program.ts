import { readPersonToken } from "@/lib/data/person-token";
import { findProgramKey, isKnownOrigin } from "@/lib/data/program-keys";
import type { ProgramActor } from "@/lib/domain/actor";
import { Refusal, type RefusalCode } from "@/lib/domain/refusal";

/** The holder of an API key, and from where it may be used: `origins` is null for a server's key. */
export type IdentifiedProgram = {
  readonly origins: readonly string[] | null;
  /** Who acts. Throws `person-token-invalid` or `person-token-expired` where a browser's key came without a token that holds. */
  readonly actor: () => ProgramActor;
};

/**
 * The host application behind an API key, or null when the key is unknown, revoked or has run out. `personToken` is what
 * a browser sends beside its key: it speaks for nobody else.
 */
export async function identifyProgram(apiKey: string, personToken: string | null = null): Promise<IdentifiedProgram | null> {
  const token = personToken === null ? null : readPersonToken(personToken);
  const found = await findProgramKey(apiKey, token);
  if (!found) return null;
  const { id: keyId, scopes } = found;
  if (found.kind === "server") return { origins: null, actor: () => ({ kind: "program", keyId, scopes, person: null }) };
  return {
    origins: found.origins,
    actor: () => {
      if (token === null || !found.tokenHolds) throw refused("person-token-invalid", personToken === null ? "A browser key speaks for one person. Send the token that your server minted for them as `Handshake-Person`." : "This token is not one of ours, or no longer holds.");
      if (!found.tokenFresh) throw refused("person-token-expired", "This token has run out.");
      return { kind: "program", keyId, scopes, person: token.person };
    },
  };
}

const refused = (code: RefusalCode, sentence: string) => new Refusal(code, `${sentence} Fetch a fresh one from your server (\`POST /v1/person-tokens\`).`);

/** Whether pages of this origin may call at all: some browser's key that holds names it. */
export const mayCallFrom = (origin: string): Promise<boolean> => isKnownOrigin(origin);
