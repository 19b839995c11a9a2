import type { AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { parseInput } from "@/lib/contract/form";
import { sessionSeconds, signInInput } from "@/lib/contract/staff";
import { settings } from "@/lib/data/settings/settings";
import { addressOf } from "@/lib/delivery/web/sign-in-address";
import { authSecret, staffCookie } from "@/lib/delivery/web/staff-cookie";
import { report } from "@/lib/delivery/report";
import { Refusal } from "@/lib/domain/refusal";
import { recogniseStaff } from "@/lib/usecases/recognise-staff";
import { signIn } from "@/lib/usecases/sign-in";
import { signOut } from "@/lib/usecases/sign-out";

/**
 * next-auth's half of signing in: its own addresses under /api/auth speak the same cookie as our forms. The encrypted
 * token holds an opaque session token only; the database says at each request whose it is and whether it still holds.
 */
export function authOptions(): AuthOptions {
  // next-auth reads its public address from nowhere else.
  process.env.NEXTAUTH_URL = settings().webUrl;
  return {
    secret: authSecret(),
    session: { strategy: "jwt", maxAge: sessionSeconds },
    useSecureCookies: settings().webUrl.startsWith("https:"),
    cookies: { sessionToken: staffCookie() },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in", newUser: "/studio" },
    providers: [
      Credentials({
        name: "E-mail and password",
        credentials: { email: { label: "E-mail address", type: "email" }, password: { label: "Password", type: "password" } },
        async authorize(credentials, request) {
          try {
            const input = parseInput(signInInput, { email: credentials?.email, password: credentials?.password });
            return { id: await signIn(input, addressOf(new Headers(request.headers))) };
          } catch (error) {
            if (error instanceof Refusal) return null;
            throw error;
          }
        },
      }),
    ],
    callbacks: {
      // At sign-in the "user" is the fresh session token; nothing else enters the cookie.
      jwt: ({ token, user }) => (user ? { session: user.id } : { session: token.session }),
      async session({ session, token }) {
        const staff = typeof token.session === "string" ? await recogniseStaff(token.session) : null;
        return staff ? { expires: session.expires, user: { name: staff.name, email: staff.email } } : { expires: new Date(0).toISOString() };
      },
    },
    events: {
      async signOut({ token }) {
        if (typeof token.session === "string") await signOut(token.session);
      },
    },
    // Its messages quote what was typed; ours do not.
    logger: { error: (_code, metadata) => report(metadata instanceof Error ? metadata : metadata.error), warn: () => undefined, debug: () => undefined },
  };
}
