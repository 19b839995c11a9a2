/** SQLSTATE class 08, 57P0x and 53300; a socket's errors; Prisma's of connections (P10xx, P2037), and of none free in time. */
const codes = /^(08|57P0|53300|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|P100[128]$|P1017$|P2024$|P2028$|P2037$)/;
/** What Prisma's adapter calls them. */
const kinds = /^(DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections)$/;
/** The driver gives some of its errors no code. */
const words = /Connection terminated|connection error and is not queryable|Query read timeout|timeout exceeded when trying to connect/;

/**
 * Whether an error means that the database does not answer just now, as against a fault of ours: connections lost or
 * refused, or none free in time. Looks into what caused it too; Prisma wraps what happens in SQL of our own.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const says = (name: string, pattern: RegExp) => {
    const value = valueOf(error, name);
    return typeof value === "string" && pattern.test(value);
  };
  if (says("code", codes) || says("originalCode", codes) || says("kind", kinds) || says("message", words)) return true;
  return isDatabaseAway(valueOf(error, "cause")) || isDatabaseAway(valueOf(valueOf(error, "meta"), "driverAdapterError"));
}

function valueOf(from: unknown, name: string): unknown {
  return typeof from === "object" && from !== null ? (Object.getOwnPropertyDescriptor(from, name)?.value as unknown) : undefined;
}
