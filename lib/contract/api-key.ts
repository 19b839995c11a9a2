import { z } from "zod";
import { scopes, type Scope } from "@/lib/domain/actor";
import { requestId, text } from "./text";

const atLeastOne = "Choose at least one thing the key may do.";

/** A key for a host application. */
export const createApiKeyInput = z.strictObject({
  requestId,
  name: text({ max: 80, what: "The name" }),
  scopes: z
    .array(z.enum(scopes, { error: "Choose from the list." }), { error: atLeastOne })
    .min(1, atLeastOne)
    .transform((chosen) => scopes.filter((scope) => chosen.includes(scope))),
});
export type CreateApiKeyInput = z.infer<typeof createApiKeyInput>;

export const revokeApiKeyInput = z.strictObject({ requestId, key: z.uuid("Reload the page and try again.") });
export type RevokeApiKeyInput = z.infer<typeof revokeApiKeyInput>;

export type ApiKeyView = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
};

export type ApiKeysView = { readonly keys: readonly ApiKeyView[]; readonly next: string | null };

/** `key` is there once, for whoever created it; asked again with the same request it is null. */
export type CreatedApiKeyView = { readonly name: string; readonly prefix: string; readonly key: string | null };
