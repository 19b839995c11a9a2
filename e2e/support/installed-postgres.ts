import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

/** The folder of the newest installed PostgreSQL's programs (15 or newer): Debian's, Red Hat's and Homebrew's places. */
export function findInstalledPostgres(): string | null {
  const debian = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql") : [];
  const versions = debian.map(Number).filter((version) => version >= 15).sort((a, b) => b - a);
  const places = [
    ...versions.map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...[18, 17, 16, 15].flatMap((version) => [
      `/usr/pgsql-${version}/bin`,
      `/opt/homebrew/opt/postgresql@${version}/bin`,
      `/usr/local/opt/postgresql@${version}/bin`,
    ]),
  ];
  return places.find((place) => existsSync(path.join(place, "initdb")) && existsSync(path.join(place, "postgres"))) ?? null;
}
