import { CallCounter } from "@/lib/data/rate-limits";
import { settings } from "@/lib/data/settings/settings";

/** Calls come in bursts: they are counted by ten seconds, so that one busy second does not stop anybody. */
const stretch = 10;

let ofCallers: CallCounter | undefined;
let ofPersons: CallCounter | undefined;

/** Counts one call of a caller: an API key, or an address without one. @throws Refusal `too-many-calls` */
export function countCall(caller: string): void {
  ofCallers ??= new CallCounter("gateway-call", settings().door.callsPerSecond * stretch, stretch);
  ofCallers.count(caller);
}

/** Counts one call that a browser makes for a person. @throws Refusal `too-many-calls` */
export function countBrowserCall(person: string): void {
  ofPersons ??= new CallCounter("gateway-browser-call", settings().door.browserCallsPerMinute, 60);
  ofPersons.count(person);
}
