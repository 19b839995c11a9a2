import type { SignInInput } from "@/lib/contract/staff";
import { database } from "@/lib/data/client";
import { passwordMatches } from "@/lib/data/passwords";
import { forgive, limit } from "@/lib/data/rate-limits";
import { openSession } from "@/lib/data/sessions";
import { findAccount } from "@/lib/data/staff";
import { Refusal } from "@/lib/domain/refusal";

const quarterHour = 15 * 60;
const perAccount = 5;
const perAddress = 50;

/**
 * Anyone may try; a right pair opens a session and gives back its token. An unknown address, a wrong password and a
 * disabled account are one answer after the same work.
 * @param address where the attempt comes from, e.g. 203.0.113.7
 * @throws Refusal `wrong-credentials` or `too-many-attempts`
 */
export async function signIn(input: Pick<SignInInput, "email" | "password">, address: string): Promise<string> {
  await limit("sign-in-address", address, perAddress, quarterHour);
  await limit("sign-in-account", input.email, perAccount, quarterHour);
  const account = await findAccount(input.email);
  const matches = await passwordMatches(account?.passwordHash ?? null, input.password);
  if (!account || !matches || account.disabled) {
    throw new Refusal("wrong-credentials", "The e-mail address and the password do not go together. Check both and try again.");
  }
  const token = await openSession(database(), account.id);
  await forgive("sign-in-account", input.email);
  return token;
}
