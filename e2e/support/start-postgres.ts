// A process that starts the cluster in the folder it is given, says so, and stays until it is told to stop or killed;
// with `once` after the folder it stops at once.
import { startEmbeddedPostgres } from "@/lib/data/embedded-postgres/start";
import { testBinaries } from "./test-binaries";

const [, , folder, mode] = process.argv;
if (folder === undefined) throw new Error("name a folder");
const server = await startEmbeddedPostgres({ folder, binaries: testBinaries() });
process.once("SIGTERM", () => void server.stop().then(() => process.exit(0)));
console.log(JSON.stringify({ pid: server.pid, port: server.port, adopted: server.adopted, owner: process.getuid?.() ?? null }));
if (mode === "once") await server.stop();
