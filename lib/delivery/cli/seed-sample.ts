// Run by `npm run demo` in a process of its own: fills the empty database and sends back what a client needs.
import { closeDatabase } from "@/lib/data/client";
import { seedSample } from "@/prisma/seed/sample";

const demo = await seedSample();
await closeDatabase();
process.send?.(demo);
