import { hkdfSync } from "node:crypto";
import path from "node:path";
import { Environment } from "./environment";
import { PlainError } from "./plain-error";

/** What every process can know from the environment alone, before there is a database or a secret. */
export type PlaceSettings = {
  readonly production: boolean;
  /** Absolute folder of everything that Handshake keeps on this machine. */
  readonly directory: string;
  /** The address the listeners bind, e.g. 127.0.0.1. */
  readonly host: string;
  readonly webPort: number;
  readonly gatewayPort: number;
  /** Where the mail catcher of the demo shows what it caught. */
  readonly mailPort: number;
  /** Where people find the web and programs the gateway: an origin, without a slash at its end. */
  readonly webUrl: string;
  readonly gatewayUrl: string;
  readonly organisation: string;
  /** `smtpUrl` is null when no mail server is named: mail then waits. */
  readonly mail: { readonly smtpUrl: string | null; readonly from: string };
  /** Where checkpoints leave the house: a folder always, and an address that each is sent to, if the operator named one. */
  readonly witness: { readonly folder: string; readonly url: string | null };
  /** For development: webhooks may go to this machine, and without TLS. */
  readonly webhooksToLocalhost: boolean;
  /** How much the gateway takes. */
  readonly door: {
    /** Calls with one API key, or from one address without any, over all processes. */
    readonly callsPerSecond: number;
    /** Calls from a browser for one person. */
    readonly browserCallsPerMinute: number;
    /** How long a body may take to arrive. */
    readonly slowestBodySeconds: number;
  };
  /** What the operator set; the database may yet be the embedded one, the secrets those of the secrets file. */
  readonly given: {
    readonly databaseUrl: string | null;
    readonly databaseOwnerUrl: string | null;
    readonly secret: Buffer | null;
    readonly masterKey: Buffer | null;
  };
};

/** What web, gateway and worker run on. */
export type Settings = Omit<PlaceSettings, "given"> & {
  /** A login that can do no more than the application may. */
  readonly database: { readonly appUrl: string };
  /** Signs sessions and tokens; at least 32 bytes. */
  readonly secret: Buffer;
  /** Wraps the key of each person; 32 bytes. */
  readonly masterKey: Buffer;
  /** Seed of the ledger's Ed25519 key; 32 bytes, derived from the master key, so it stays as long as that one does. */
  readonly ledgerSeed: Buffer;
  /** The ledger's origin in its checkpoints (C2SP tlog-checkpoint): a schemeless address, e.g. `example.com/handshake`. */
  readonly ledgerName: string;
};

/** @throws PlainError naming the first variable that is wrong */
export function parsePlace(variables: Readonly<Record<string, string | undefined>>): PlaceSettings {
  const env = new Environment(variables);
  const host = env.text("HOST") ?? "127.0.0.1";
  const [webPort, gatewayPort, mailPort] = [env.port("WEB_PORT", 3000), env.port("GATEWAY_PORT", 3100), env.port("MAIL_PORT", 3200)];
  if (webPort === gatewayPort) throw new PlainError(`WEB_PORT and GATEWAY_PORT are both ${webPort}; give them different ports.`);
  const web = env.url("HANDSHAKE_URL", ["https:", "http:"]) ?? new URL(`http://localhost:${webPort}`);
  if (web.pathname !== "/" || web.search !== "" || web.username !== "") {
    throw new PlainError("HANDSHAKE_URL must be a bare address such as https://privacy.example.com, without a path.");
  }
  const gateway = env.url("HANDSHAKE_GATEWAY_URL", ["https:", "http:"]) ?? new URL(`http://localhost:${gatewayPort}`);
  const organisation = env.text("ORGANISATION") ?? "Handshake";
  // The bundler must not take a folder of the operator's for a part of the pages.
  const directory = path.resolve(/* turbopackIgnore: true */ env.text("HANDSHAKE_DIR") ?? ".handshake");
  return {
    production: env.text("NODE_ENV") === "production",
    directory,
    host,
    webPort,
    gatewayPort,
    mailPort,
    webUrl: web.origin,
    gatewayUrl: gateway.origin,
    organisation,
    mail: {
      smtpUrl: env.url("SMTP_URL", ["smtp:", "smtps:"])?.href ?? null,
      from: env.text("MAIL_FROM") ?? `${JSON.stringify(organisation)} <no-reply@${web.hostname}>`,
    },
    witness: {
      folder: path.resolve(/* turbopackIgnore: true */ env.text("HANDSHAKE_WITNESS") ?? path.join(directory, "witness")),
      url: env.url("HANDSHAKE_WITNESS_URL", ["https:", "http:"])?.href ?? null,
    },
    webhooksToLocalhost: env.text("HANDSHAKE_WEBHOOKS_TO_LOCALHOST") === "1",
    door: {
      callsPerSecond: env.count("HANDSHAKE_CALLS_PER_SECOND", 50_000),
      browserCallsPerMinute: env.count("HANDSHAKE_BROWSER_CALLS_PER_MINUTE", 120),
      slowestBodySeconds: env.count("HANDSHAKE_SLOWEST_BODY_SECONDS", 30),
    },
    given: {
      databaseUrl: env.url("DATABASE_URL", ["postgresql:", "postgres:"])?.href ?? null,
      databaseOwnerUrl: env.url("DATABASE_OWNER_URL", ["postgresql:", "postgres:"])?.href ?? null,
      secret: env.secret("HANDSHAKE_SECRET", 32),
      masterKey: env.key("HANDSHAKE_MASTER_KEY", 32),
    },
  };
}

/** @throws PlainError naming the first variable that is wrong or missing */
export function parseSettings(variables: Readonly<Record<string, string | undefined>>): Settings {
  const { given, ...place } = parsePlace(variables);
  const masterKey = required("HANDSHAKE_MASTER_KEY", given.masterKey);
  const ledgerName = new Environment(variables).text("HANDSHAKE_LEDGER_NAME") ?? `${new URL(place.webUrl).hostname}/handshake`;
  // C2SP signed-note: a key's name holds no space and no plus; a control character would end its line.
  if (/[\s+\p{Cc}]/u.test(ledgerName)) throw new PlainError("HANDSHAKE_LEDGER_NAME must hold no space and no plus, such as example.com/handshake.");
  return {
    ...place,
    database: { appUrl: required("DATABASE_URL", given.databaseUrl) },
    secret: required("HANDSHAKE_SECRET", given.secret),
    masterKey,
    ledgerSeed: Buffer.from(hkdfSync("sha256", masterKey, "", "handshake ledger signing key v1", 32)),
    ledgerName,
  };
}

let parsed: Settings | null = null;

/**
 * The settings of this process, parsed once from its environment.
 * @throws PlainError naming the first variable that is wrong or missing
 */
export function settings(): Settings {
  return (parsed ??= parseSettings(process.env));
}

function required<T>(name: string, value: T | null): T {
  if (value !== null) return value;
  throw new PlainError(`${name} is not set; set it, or start Handshake with npm start or npm run demo.`);
}
