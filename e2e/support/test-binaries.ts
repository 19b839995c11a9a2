import { embeddedBinaries, installedBinaries, type FindBinaries } from "@/lib/data/embedded-postgres/binaries";
import { findInstalledPostgres } from "./installed-postgres";

/**
 * Which PostgreSQL the tests run on. HANDSHAKE_TEST_POSTGRES chooses: `embedded` (unless named), `installed`, or a
 * folder of programs.
 */
export function testBinaries(): FindBinaries {
  const choice = process.env["HANDSHAKE_TEST_POSTGRES"] ?? "embedded";
  if (choice === "embedded") return embeddedBinaries();
  if (choice !== "installed") return installedBinaries(choice);
  const installed = findInstalledPostgres();
  if (installed === null) throw new Error("HANDSHAKE_TEST_POSTGRES=installed, and no PostgreSQL 15 or newer is installed in a place known to us");
  return installedBinaries(installed);
}
