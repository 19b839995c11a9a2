import { PlainError } from "@/lib/data/settings/plain-error";
import type { SampleStaff } from "@/prisma/seed/sample-staff";

const named = { amp: "&", lt: "<", gt: ">", quot: '"' } as const;
const isNamed = (name: string): name is keyof typeof named => Object.hasOwn(named, name);

/** What a value in the markup stands for. */
function plain(written: string): string {
  return written.replaceAll(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (all: string, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return name !== undefined && isNamed(name) ? named[name] : all;
  });
}

/** Signs somebody in through the page's own form, as a browser without JavaScript does. @returns the cookies */
export async function signInAt(web: string, { actor, password }: SampleStaff): Promise<string> {
  const page = `${web}/sign-in`;
  const markup = await (await fetch(page, { signal: AbortSignal.timeout(60_000) })).text();
  const form = new FormData();
  for (const [input] of markup.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const [name, value] = [/ name="([^"]*)"/.exec(input)?.[1], / value="([^"]*)"/.exec(input)?.[1] ?? ""];
    if (name !== undefined) form.set(plain(name), plain(value));
  }
  form.set("email", actor.email);
  form.set("password", password);
  const answer = await fetch(page, { method: "POST", body: form, headers: { origin: web }, redirect: "manual", signal: AbortSignal.timeout(60_000) });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  if (answer.status !== 303 || cookies.length === 0) throw new PlainError(`${actor.name} could not sign in: ${page} answered ${answer.status}.`);
  return cookies.join("; ");
}
