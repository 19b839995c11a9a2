import { statusOf } from "@/lib/delivery/refusal-status";

/** The most that Next hands to a proxy, in bytes; what is longer would arrive cut off. */
const most = 10_000_000;

/**
 * Turns away what Next itself would call an error of ours: an address with broken percent-encoding, and a form whose
 * body cannot be read. Null for every request that can go on.
 */
export async function malformed(request: Request): Promise<Response | null> {
  try {
    decodeURIComponent(new URL(request.url).pathname);
  } catch {
    return plain("not-found", "There is nothing at this address.");
  }
  if (Number(request.headers.get("content-length") ?? 0) > most) return plain("too-large", "This is too large to send in one piece: at most 10 MB.");
  if (request.method === "POST" && request.headers.get("content-type")?.startsWith("multipart/form-data")) {
    try {
      await request.clone().formData();
    } catch {
      return plain("invalid", "This form arrived incomplete. Go back, reload the page and send it again.");
    }
  }
  return null;
}

const plain = (code: "not-found" | "invalid" | "too-large", message: string) =>
  new Response(message, { status: statusOf[code], headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" } });
