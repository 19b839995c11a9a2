import { PlainError } from "@/lib/data/settings/plain-error";
import { Handshake } from "@/lib/client/client";
import { HandshakeRefusal, HandshakeUnreachable } from "@/lib/client/errors";

/** The gateway that the environment names, and the key to ask it with. @throws PlainError where one is missing or makes no sense */
export function gatewayOf(environment: NodeJS.ProcessEnv): { readonly gateway: string; readonly apiKey: string } {
  const gateway = environment["HANDSHAKE_GATEWAY"] ?? `http://localhost:${environment["GATEWAY_PORT"] ?? "3100"}`;
  const apiKey = environment["HANDSHAKE_API_KEY"] ?? "";
  if (!URL.canParse(gateway)) throw new PlainError("HANDSHAKE_GATEWAY must be an address such as https://gateway.example.com.");
  if (apiKey === "") throw new PlainError("Put an API key that may do this into HANDSHAKE_API_KEY.");
  return { gateway, apiKey };
}

/** Calls the gateway as a host application would, and says in a sentence what went wrong. */
export async function askGateway<T>(act: (handshake: Handshake) => Promise<T>): Promise<T> {
  try {
    return await act(new Handshake(gatewayOf(process.env)));
  } catch (error) {
    if (error instanceof HandshakeUnreachable) throw new PlainError(`${error.message} Check HANDSHAKE_GATEWAY, and that the gateway runs.`, error);
    if (!(error instanceof HandshakeRefusal)) throw error;
    const places = error.faults.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
    throw new PlainError([error.message, ...places].join(" "), error);
  }
}
