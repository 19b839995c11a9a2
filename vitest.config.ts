import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("./", import.meta.url));

export default defineConfig({
  resolve: { alias: { "@/": root } },
  test: {
    projects: [
      { extends: true, test: { name: "unit", include: ["lib/domain/**/*.test.ts", "lib/contract/**/*.test.ts", "lib/text/**/*.test.ts", "lib/client/**/*.test.ts", "components/**/*.test.ts", "e2e/house/**/*.test.ts", "bin/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "database",
          include: ["lib/data/**/*.test.ts", "lib/usecases/**/*.test.ts", "lib/delivery/**/*.test.ts", "prisma/**/*.test.ts"],
          globalSetup: ["e2e/support/database.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          pool: "forks",
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: { name: "faults", include: ["e2e/faults/**/*.test.ts", "e2e/truth/**/*.test.ts", "e2e/host/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 120_000, pool: "forks", maxWorkers: 1 },
      },
    ],
  },
});
