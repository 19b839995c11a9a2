import { isPortFree } from "@/lib/data/embedded-postgres/ports";
import { PlainError } from "@/lib/data/settings/plain-error";

export type WantedPort = { readonly variable: string; readonly host: string; readonly port: number };

/**
 * Sees that every port is free before anything is started.
 * @throws PlainError naming the first that is taken, and the variable that changes it
 */
export async function checkPorts(wanted: readonly WantedPort[]): Promise<void> {
  for (const { variable, host, port } of wanted) {
    if (!(await isPortFree(host, port))) {
      throw new PlainError(`Port ${port} on ${host} is taken by another program; stop it, or set ${variable} to a free port.`);
    }
  }
}
