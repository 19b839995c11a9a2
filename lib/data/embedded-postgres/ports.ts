import { createServer } from "node:net";

/** Whether nobody listens on the port of this address. Port 0 is always free. */
export async function isPortFree(host: string, port: number): Promise<boolean> {
  return (await tryToListen(host, port)) !== null;
}

/** A port nobody listens on now, chosen by the system. */
export async function freePort(host: string): Promise<number> {
  const port = await tryToListen(host, 0);
  if (port === null) throw new Error(`no free port on ${host}`);
  return port;
}

function tryToListen(host: string, port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : null));
    });
  });
}
