import { Button } from "@/components/ui/button";
import { DateTimeField } from "@/components/ui/date-time-input";
import { TextField } from "@/components/ui/text-input";
import type { AsOfAsked } from "@/lib/contract/as-of";

/** Chooses the moment, as a query of the address: what was found can be kept, shared and found again. */
export function AsOfForm({ person, asked = { status: "none" } }: { person: string; asked?: AsOfAsked | undefined }) {
  return (
    <form action={`/studio/people/${person}/as-of`} method="get" noValidate className="flex flex-wrap items-start gap-x-4 gap-y-3">
      {asked.status === "unreadable" ? (
        // The browser's own field would throw away what it cannot read.
        <TextField className="min-w-0 flex-[0_1_24rem]" id="as-of" name="at" label="Date and time" hint="Time in UTC." defaultValue={asked.typed} error={asked.message} autoComplete="off" />
      ) : (
        <DateTimeField id="as-of" name="at" label="Date and time" defaultValue={asked.status === "moment" ? typedIn(asked.at) : undefined} />
      )}
      <div className="sm:pt-[3.1rem]"><Button type="submit">Show what stood then</Button></div>
    </form>
  );
}

/** `2026-03-03T14:00`, with seconds only where it has some. */
function typedIn(at: Date): string {
  return at.toISOString().replace(/(:00)?\.000Z$|Z$/, "");
}
