import type { Role } from "./roles";

/** Who is asking. Found by delivery, judged by use cases. */
export type Actor = Anyone | StaffActor | PersonActor | ProgramActor | HouseActor;

export type Anyone = { readonly kind: "anyone" };
export type StaffActor = { readonly kind: "staff"; readonly id: string; readonly name: string; readonly email: string; readonly role: Role; readonly alone?: boolean };
/** A customer on their own page; `channel` says how they came. */
export type PersonActor = { readonly kind: "person"; readonly id: string; readonly channel: string };
/**
 * A host application with an API key. `person` is null for its servers, which speak for anybody they know; a page in a
 * browser speaks only for the person (by id) whom a short-lived token of the host's server names.
 */
export type ProgramActor = { readonly kind: "program"; readonly keyId: string; readonly scopes: readonly Scope[]; readonly person: string | null };
/** Whom a key is for: a server keeps it secret; a page in a browser cannot. */
export const keyKinds = ["server", "browser"] as const;
export type KeyKind = (typeof keyKinds)[number];
/** Handshake itself: set-up, sample data, scheduled work. */
export type HouseActor = { readonly kind: "house" };

export const scopes = ["ask", "decide", "remember", "audit"] as const;
export type Scope = (typeof scopes)[number];

export const anyone: Anyone = { kind: "anyone" };
export const house: HouseActor = { kind: "house" };
