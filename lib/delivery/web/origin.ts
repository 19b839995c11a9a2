import { Refusal } from "@/lib/domain/refusal";

/**
 * Every mutation says where it comes from, and it must be here: `Origin` has to name the host that was asked. Null or
 * missing is refused too, since a sandboxed frame sends null.
 */
export function checkOrigin(headers: Headers): void {
  const origin = headers.get("origin");
  const host = headers.get("x-forwarded-host")?.split(",")[0]?.trim() ?? headers.get("host");
  if (origin && host) {
    try {
      if (new URL(origin).host === host) return;
    } catch {
      // falls through: what is not a URL is not our origin
    }
  }
  throw new Refusal("forbidden", "This form was sent from another site. Open the page here and send it again.");
}
