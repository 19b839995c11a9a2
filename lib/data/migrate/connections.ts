import type pg from "pg";
import { PlainError } from "@/lib/data/settings/plain-error";
import { checkDatabase, withConnection } from "./check-database";
import { migrate } from "./migrate";

/** The role with no more rights than the application needs; migrations grant it those. */
export const applicationRole = "handshake_app";

/** How to reach a database: as the owner of its tables, and as the application. */
export type Connections = { readonly ownerUrl: string; readonly appUrl: string };

/**
 * Makes an operator's PostgreSQL ready, and says how to connect to it: checks it, makes the application's role where it
 * is missing, migrates, and finds a way for the application to hold no more than that role's rights.
 * @param given the values of DATABASE_URL and, when migrations run with another login, DATABASE_OWNER_URL
 * @throws PlainError in one sentence, see `checkDatabase` and `migrate`
 */
export async function prepareDatabase(given: { readonly databaseUrl: string; readonly databaseOwnerUrl: string | null }): Promise<Connections & { fresh: boolean }> {
  const ownerUrl = given.databaseOwnerUrl ?? given.databaseUrl;
  const ownerName = given.databaseOwnerUrl === null ? "DATABASE_URL" : "DATABASE_OWNER_URL";
  if (given.databaseOwnerUrl !== null) await checkDatabase(given.databaseUrl, "DATABASE_URL");
  await checkDatabase(ownerUrl, ownerName);
  await makeApplicationRole(ownerUrl, ownerName);
  const { before } = await migrate(ownerUrl, ownerName);
  return { fresh: before === 0, ownerUrl, appUrl: await applicationUrl(given.databaseUrl, { url: ownerUrl, name: ownerName }) };
}

/** The URL, with a connection that begins by taking the application's role and so gives up all others. */
export function withApplicationRole(url: string): string {
  const changed = new URL(url);
  const options = changed.searchParams.get("options");
  const take = `-c role=${applicationRole}`;
  changed.searchParams.set("options", options === null ? take : `${options} ${take}`);
  return changed.href;
}

async function makeApplicationRole(ownerUrl: string, name: string): Promise<void> {
  await withConnection(ownerUrl, name, async (client) => {
    const { rows } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [applicationRole]);
    if (rows.length > 0) return;
    await client.query(`CREATE ROLE ${applicationRole} NOLOGIN`).catch((cause: unknown) => {
      const code = sqlState(cause);
      // Another process was quicker: as it finished, or while it is at it.
      if (code === "42710" || code === "23505") return;
      throw new PlainError(`The login in ${name} may not make the role ${applicationRole}; let an administrator run "CREATE ROLE ${applicationRole} NOLOGIN" once.`, cause);
    });
  });
}

/**
 * A login that is only a member of the application's role connects as itself. One that could do more (it owns the
 * tables, or is a superuser) takes the role at the start of every connection.
 */
async function applicationUrl(databaseUrl: string, owner: { url: string; name: string }): Promise<string> {
  const { login, more, member } = await withConnection(databaseUrl, "DATABASE_URL", rightsOf);
  if (login === applicationRole) return databaseUrl;
  if (!member) {
    await withConnection(owner.url, owner.name, async (client) => {
      await client.query(`GRANT ${applicationRole} TO ${client.escapeIdentifier(login)}`).catch((cause: unknown) => {
        throw new PlainError(`The login "${login}" may not act as ${applicationRole}; let an administrator run "GRANT ${applicationRole} TO ${login}" once.`, cause);
      });
    });
  }
  return more ? withApplicationRole(databaseUrl) : databaseUrl;
}

type Rights = { readonly login: string; readonly more: boolean; readonly member: boolean };

async function rightsOf(client: pg.Client): Promise<Rights> {
  const { rows } = await client.query<{ login: string; more: boolean }>(
    `SELECT current_user AS login,
            (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
              OR EXISTS (SELECT 1 FROM pg_class WHERE oid = to_regclass('_prisma_migrations')
                                                  AND pg_has_role(current_user, relowner, 'MEMBER')) AS more`,
  );
  const { login, more } = rows[0] ?? { login: "", more: false };
  // Tried rather than asked: from PostgreSQL 16 a member may be one that cannot take the role.
  const member = await client.query(`SET ROLE ${applicationRole}`).then(() => true, (cause: unknown) => {
    if (sqlState(cause) === "42501") return false;
    throw cause;
  });
  return { login, more, member };
}

function sqlState(error: unknown): string | null {
  return error instanceof Error && "code" in error ? String(error.code) : null;
}
