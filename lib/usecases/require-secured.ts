import { Refusal } from "@/lib/domain/refusal";

/** What is told names people, so it goes over TLS; for development, to this machine, without. Throws `invalid`. */
export function requireSecured(url: string, toLocalhost: boolean): void {
  const { protocol, hostname } = new URL(url);
  if (protocol === "https:" || (toLocalhost && ["localhost", "127.0.0.1", "[::1]"].includes(hostname))) return;
  const message = "The address must begin with https://, since what is sent there is about people.";
  throw new Refusal("invalid", message, { faults: [{ path: "url", message }] });
}
