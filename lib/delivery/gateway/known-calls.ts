import type { Call } from "@/lib/contract/call";
import { calls } from "@/lib/contract/calls";

const patterns = new Map<Call["path"], RegExp>(calls.map(({ path }) => [path, new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`)]));

export const pathMatches = (call: Call, path: string): boolean => patterns.get(call.path)?.test(path) ?? false;

/** What may be done at this path, for `Allow`; empty where there is nothing. */
export function methodsAt(path: string): string[] {
  const found = calls.filter((call) => pathMatches(call, path)).map(({ method }) => method.toUpperCase());
  if (found.length === 0) return [];
  return [...new Set([...found, ...(found.includes("GET") ? ["HEAD"] : []), "OPTIONS"])];
}
