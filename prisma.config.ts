import { defineConfig } from "prisma/config";

const url = process.env["DATABASE_OWNER_URL"] ?? process.env["DATABASE_URL"];

/** For Prisma's own command line. Handshake itself migrates through `npm run db:migrate`. */
export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  ...(url === undefined ? {} : { datasource: { url } }),
});
