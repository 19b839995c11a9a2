// Run by `npm run demo` in a process of its own. Fills the empty database and sends back what a client needs; with
// `links`, on a later start, only fresh links for the customers.
import { closeDatabase } from "@/lib/data/client";
import { sampleLinks, seedSample } from "@/prisma/seed/sample";

const made = process.argv[2] === "links" ? { customers: await sampleLinks() } : await seedSample();
await closeDatabase();
process.send?.(made);
