import { z } from "zod";
import { keyKinds, scopes, type KeyKind, type Scope } from "@/lib/domain/actor";
import { requestId, text } from "./text";

const atLeastOne = "Choose at least one thing the key may do.";

/** A bare origin as a browser says it in `Origin`: https, or plain http on the machine where somebody is building. */
function originOf(written: string): string | null {
  if (!URL.canParse(written)) return null;
  const url = new URL(written);
  const safe = url.protocol === "https:" || (url.protocol === "http:" && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname));
  return safe && url.username === "" && url.password === "" && url.pathname === "/" && url.search === "" && url.hash === "" ? url.origin : null;
}

/** One address a line, as somebody types them; each once. */
const origins = z
  .string()
  .max(4_000, "These are too many addresses: at most 20.")
  .default("")
  .transform((written) => written.split(/[\s,]+/).filter((part) => part !== ""))
  .pipe(
    z
      .array(
        z.string().transform((written, context) => {
          const origin = originOf(written);
          if (origin !== null) return origin;
          context.addIssue({ code: "custom", message: `“${written.slice(0, 80)}” is not the address of a website, such as https://shop.example.com (https, and nothing after the name).` });
          return z.NEVER;
        }),
      )
      .max(20, "At most 20 addresses."),
  )
  .transform((list) => [...new Set(list)]);

/** A key for a host application: for its servers, with what it may do, or for its pages, with where they are. */
export const createApiKeyInput = z
  .strictObject({
    requestId,
    name: text({ max: 80, what: "The name" }),
    kind: z.enum(keyKinds, { error: "Choose where the key will be used." }).default("server"),
    scopes: z.array(z.enum(scopes, { error: "Choose from the list." })).default([]),
    origins,
  })
  .superRefine(({ kind, scopes: chosen, origins: named }, context) => {
    if (kind === "server" && chosen.length === 0) context.addIssue({ code: "custom", path: ["scopes"], message: atLeastOne });
    if (kind === "browser" && named.length === 0) context.addIssue({ code: "custom", path: ["origins"], message: "Name at least one website on which the key is used." });
  })
  .transform(({ kind, scopes: chosen, origins: named, ...rest }) => ({
    ...rest,
    kind,
    scopes: kind === "browser" ? (["ask"] as const satisfies Scope[]) : scopes.filter((scope) => chosen.includes(scope)),
    origins: kind === "browser" ? named : [],
  }));
export type CreateApiKeyInput = { readonly requestId: string; readonly name: string; readonly kind: KeyKind; readonly scopes: readonly Scope[]; readonly origins: readonly string[] };

export const revokeApiKeyInput = z.strictObject({ requestId, key: z.uuid("Reload the page and try again.") });
export type RevokeApiKeyInput = z.infer<typeof revokeApiKeyInput>;

/** How long a key that is replaced goes on beside its successor, in hours. */
export const overlaps = { "1": "1 hour", "24": "1 day", "168": "7 days" } as const;
export const replaceApiKeyInput = z.strictObject({
  requestId,
  key: z.uuid("Reload the page and try again."),
  overlap: z.enum(["1", "24", "168"], { error: "Choose how long the old key goes on." }).default("24").transform(Number),
});
export type ReplaceApiKeyInput = z.infer<typeof replaceApiKeyInput>;

/**
 * How a key stands: in use; on its way out, with a successor beside it (`until` says when); over, since it was replaced;
 * or revoked.
 */
export type ApiKeyState = "in-use" | "ending" | "ended" | "revoked";

export type ApiKeyView = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly kind: KeyKind;
  readonly scopes: readonly Scope[];
  /** Of a browser's key: the pages from which it may be used. */
  readonly origins: readonly string[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly state: ApiKeyState;
  /** When a replaced key stops, or did. */
  readonly until: Date | null;
  /** Whether another key took its place. */
  readonly replaced: boolean;
};

export type ApiKeysView = { readonly keys: readonly ApiKeyView[]; readonly next: string | null; readonly now: Date };

/** `key` is there once, for whoever created it; asked again with the same request it is null. */
export type CreatedApiKeyView = {
  readonly name: string;
  readonly prefix: string;
  readonly key: string | null;
  /** When the key that it replaces stops. */
  readonly until: Date | null;
};
