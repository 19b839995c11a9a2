import type { VerificationLine } from "@/lib/contract/ledger-verdict";
import { report } from "@/lib/delivery/report";
import type { Actor } from "@/lib/domain/actor";
import { verifyWholeLedger } from "@/lib/usecases/verify-ledger";

class Left extends Error {}

/**
 * A verification of the whole ledger as lines of JSON, once it has begun; what is refused before is thrown. It stops
 * soon after the reader has left.
 */
export async function ledgerVerification(actor: Actor, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  let [left, begun] = [false, false];
  let out: ReadableStreamDefaultController<Uint8Array> | null = null;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => void (out = controller),
    cancel: () => void (left = true),
  });
  const say = (line: VerificationLine) => out?.enqueue(new Uint8Array(Buffer.from(`${JSON.stringify(line)}\n`, "utf8")));
  const end = (line: VerificationLine) => {
    if (left || signal.aborted) return;
    say(line);
    out?.close();
  };
  await new Promise<void>((resolve, reject) => {
    const progress = (holds: number, size: number) => {
      if (left || signal.aborted) throw new Left();
      begun = true;
      resolve();
      say({ holds, size });
    };
    verifyWholeLedger(actor, progress).then(
      (done) => end({ done }),
      (error: unknown) => {
        if (!begun) return reject(error);
        if (error instanceof Left) return;
        report(error);
        end({ failed: "Something went wrong on our side before the end. Try again in a moment." });
      },
    );
  });
  return body;
}
