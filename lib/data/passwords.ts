import { hash, verify } from "@node-rs/argon2";

/** OWASP's second argon2id setting: 19 MiB, two passes, one lane. Argon2id is the library's default algorithm. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** NFKC first, so that the same keys on another machine give the same bytes (NIST SP 800-63B-4 §3.1.1.2). */
const bytesOf = (password: string): Buffer => Buffer.from(password.normalize("NFKC"), "utf8");

/** The argon2id hash of a password in PHC string format. */
export const hashPassword = (password: string): Promise<string> => hash(bytesOf(password), cost);

let decoy: Promise<string> | null = null;

/**
 * Whether the password is the one of this hash. Without a hash (no such account) the same work is done in vain, so that
 * the time it takes does not tell who has an account.
 */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  const against = passwordHash ?? (await (decoy ??= hashPassword("nobody has this password")));
  const matches = await verify(against, bytesOf(password));
  return matches && passwordHash !== null;
}
