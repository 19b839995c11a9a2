import { PlainError } from "./plain-error";

/** Reads variables of an environment one by one; every fault is a sentence that names the variable. */
export class Environment {
  constructor(private readonly variables: Readonly<Record<string, string | undefined>>) {}

  /** The value, trimmed; an empty one counts as not set. */
  text(name: string): string | null {
    const value = this.variables[name]?.trim();
    return value === undefined || value === "" ? null : value;
  }

  /** A TCP port from 1 to 65535. */
  port(name: string, otherwise: number): number {
    const value = this.text(name);
    if (value === null) return otherwise;
    const port = Number(value);
    if (/^\d+$/.test(value) && port >= 1 && port <= 65_535) return port;
    throw new PlainError(`${name} must be a port number from 1 to 65535, and it is "${value}".`);
  }

  /** A whole number from 1 up. */
  count(name: string, otherwise: number): number {
    const value = this.text(name);
    if (value === null) return otherwise;
    if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
    throw new PlainError(`${name} must be a whole number from 1 up, and it is "${value}".`);
  }

  /** A URL of one of these schemes, e.g. `["https:", "http:"]`. The value is never repeated: it may hold a password. */
  url(name: string, schemes: readonly string[]): URL | null {
    const value = this.text(name);
    if (value === null) return null;
    if (URL.canParse(value)) {
      const url = new URL(value);
      if (schemes.includes(url.protocol)) return url;
    }
    throw new PlainError(`${name} must be an address that begins with ${schemes.map((scheme) => `${scheme}//`).join(" or ")}.`);
  }

  /** Bytes in base64 (or base64url), exactly `length` of them. */
  key(name: string, length: number): Buffer | null {
    const value = this.text(name);
    if (value === null) return null;
    const bytes = Buffer.from(value, "base64");
    if (/^[\w+/-]+={0,2}$/.test(value) && bytes.length === length) return bytes;
    throw new PlainError(`${name} must be ${length} random bytes in base64; \`openssl rand -base64 ${length}\` makes one.`);
  }

  /** A secret of at least `length` bytes, taken as it stands. */
  secret(name: string, length: number): Buffer | null {
    const value = this.text(name);
    if (value === null) return null;
    const bytes = Buffer.from(value, "utf8");
    if (bytes.length >= length) return bytes;
    throw new PlainError(`${name} must be at least ${length} characters long; \`openssl rand -base64 48\` makes one.`);
  }
}
