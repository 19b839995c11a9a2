import { Refusal } from "@/lib/domain/refusal";

/**
 * Every mutation says where it comes from, and it must be here: `Origin` has to name the host that was asked. Null or
 * missing is refused too, since a sandboxed frame sends null.
 */
export function checkOrigin(headers: Headers): void {
  if (!isFromHere(headers)) throw new Refusal("forbidden", fromElsewhere);
}

export const fromElsewhere = "This form was sent from another site. Open the page here and send it again.";

/** Whether `Origin` names the host that was asked. */
export function isFromHere(headers: Headers): boolean {
  const origin = headers.get("origin");
  const host = headers.get("x-forwarded-host")?.split(",")[0]?.trim() ?? headers.get("host");
  if (origin && host) {
    try {
      return new URL(origin).host === host;
    } catch {
      // What is not a URL is not our origin.
      return false;
    }
  }
  return false;
}
