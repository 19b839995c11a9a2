import { statusOf } from "@/lib/delivery/refusal-status";
import { fromElsewhere, isFromHere } from "@/lib/delivery/web/origin";

/** The most that Next hands to a proxy (`proxyClientMaxBodySize`), in bytes; what is longer would arrive cut off. */
const most = 24_000_000;

const readOnly = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Turns away what Next itself would call an error of ours: an address with broken percent-encoding, a form sent from
 * another site, and one whose body cannot be read. Null for every request that can go on.
 */
export async function malformed(request: Request): Promise<Response | null> {
  try {
    const { pathname, search } = new URL(request.url);
    decodeURIComponent(pathname);
    // PostgreSQL cannot hold NUL, so nothing can have such a name.
    if (/%00/.test(pathname + search)) return plain("not-found", "There is nothing at this address.");
  } catch {
    return plain("not-found", "There is nothing at this address.");
  }
  // Next too refuses a form from elsewhere, but as an error of ours; the use of a form is checked again where it is taken.
  if (!readOnly.has(request.method) && !isFromHere(request.headers)) return plain("forbidden", fromElsewhere);
  if (Number(request.headers.get("content-length") ?? 0) > most) return plain("too-large", "This is too large to send in one piece: at most 20 MB.");
  if (request.method === "POST" && request.headers.get("content-type")?.startsWith("multipart/form-data")) {
    try {
      await request.clone().formData();
    } catch {
      return plain("invalid", "This form arrived incomplete. Go back, reload the page and send it again.");
    }
  }
  return null;
}

const plain = (code: "not-found" | "invalid" | "too-large" | "forbidden", message: string) =>
  new Response(message, { status: statusOf[code], headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" } });
