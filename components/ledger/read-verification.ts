import { verificationLine, type LedgerVerdict, type VerificationLine } from "@/lib/contract/ledger-verdict";

export type Verification = { readonly verdict: LedgerVerdict } | { readonly failed: string };

const cutOff = "The verification was cut off before its end. Check that you are still signed in, and start it again.";

/** Has the ledger verified, telling how far it is; what `signal` aborts is thrown, everything else comes back in words. */
export async function verify(address: string, signal: AbortSignal, tell: (holds: number, size: number) => void): Promise<Verification> {
  try {
    const reply = await fetch(address, { method: "POST", redirect: "error", signal });
    if (!reply.ok || reply.body === null) return { failed: "The verification could not be started. Check that you are still signed in, and try again." };
    for await (const line of linesOf(reply.body)) {
      const read = readLine(line);
      if (read === null) break;
      if ("done" in read) return { verdict: read.done };
      if ("failed" in read) return read;
      tell(read.holds, read.size);
    }
  } catch (error) {
    if (signal.aborted) throw error;
  }
  return { failed: cutOff };
}

/** The lines of a stream of text, as they come; one without an end is not given. */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = `${rest}${decoder.decode(value, { stream: true })}`.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

/** Null for what is no line of ours. */
export function readLine(line: string): VerificationLine | null {
  try {
    return verificationLine.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
