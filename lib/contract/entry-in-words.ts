import type { Names } from "@/lib/contract/ledger";
import type { By, Entry, Fact, PermissionAnswered, SettingValue, WebhookChange } from "@/lib/domain/entry";

/** Who did it, as it begins a sentence. */
export function whoInWords(by: By, names: Names): string {
  if ("staff" in by) return names.staff.get(by.staff) ?? "A colleague who left";
  if ("person" in by) return "A customer";
  if ("key" in by) return `The ${host(by.key, names)}`;
  return "Handshake";
}

/** An entry as one plain sentence: `Aiko Sato published version 2 of “Mountain-bike picks”.` */
export function entryInWords(entry: Entry, names: Names): string {
  const who = whoInWords(entry.by, names);
  const answer = entry.kind === "permission-answered" || entry.kind === "policy-answered";
  // The answer is the customer's, whoever passed it on.
  if (answer && !("person" in entry.by)) return `A customer ${deed(entry, names)}, recorded by ${"key" in entry.by ? `the ${host(entry.by.key, names)}` : who}.`;
  return `${who} ${deed(entry, names)}.`;
}

const answered = {
  granted: "said yes to",
  refused: "said no to",
  withdrawn: "took back the yes to",
  objected: "objected to",
  accepted: "accepted",
  acknowledged: "took note of",
} as const;

const elsewhere = { granted: "said yes to", refused: "said no to", withdrawn: "taken back their yes to", objected: "objected to" } as const;

const settingWords: Readonly<Record<string, (to: SettingValue) => string>> = {
  name: () => "changed the organisation’s name",
  contactEmail: (to) => (to === null ? "removed the contact address" : "changed the contact address"),
  defaultLocale: (to) => `made “${String(to)}” the usual language`,
  reask: (to) => (to === "wider" ? "chose to ask people again only when a change asks more of them" : "chose to ask people again at any change of terms"),
  questionsPerVisit: (to) => `set that hosts ask at most ${counted(Number(to), "question")} in one visit`,
  questionsPerMonth: (to) => (to === null ? "lifted the limit of questions in one month" : `set that hosts ask at most ${counted(Number(to), "question")} in one month`),
  memoryFreezeDays: (to) => (to === 0 ? "set that what is remembered is destroyed as soon as its permission ends" : `set that what is remembered is destroyed ${counted(Number(to), "day")} after its permission ended`),
  twoPairsOfEyes: (to) => (to === true ? "switched on that publishing takes two people" : "switched off that publishing takes two people"),
};

function deed(fact: Fact, names: Names): string {
  const nameOfUse = (key: string) => `“${names.uses.get(key) ?? key}”`;
  const titleOf = (key: string) => `“${names.policies.get(key) ?? key}”`;
  const staff = (id: string) => names.staff.get(id) ?? "a colleague";
  switch (fact.kind) {
    case "use-published":
      return `published version ${fact.version} of ${nameOfUse(fact.use)}${alone(fact)}`;
    case "prompt-published":
      return `published version ${fact.version} of the prompt for ${nameOfUse(fact.use)}${alone(fact)}`;
    case "policy-published":
      return `published version ${fact.version} of ${titleOf(fact.policy)}, in force from ${day(fact.inForceFrom)}${history(fact.history.length)}${alone(fact)}`;
    case "policy-imported":
      return `imported ${counted(fact.versions.length, "version")} of ${titleOf(fact.policy)}`;
    case "policy-cancelled":
      return `called off version ${fact.version} of ${titleOf(fact.policy)} before it came into force`;
    case "permission-answered":
      return `${permissionDeed(fact, nameOfUse(fact.use))}${limits(fact)}`;
    case "permission-used":
      return `made the one decision that a customer’s yes to ${nameOfUse(fact.use)} was good for`;
    case "policy-answered":
      return `${fact.answer === "refused" ? "did not accept" : answered[fact.answer]} version ${fact.version} of ${titleOf(fact.policy)}`;
    case "person-invited":
      return fact.channel === "staff" ? "made a personal link for a customer" : "invited a customer";
    case "person-forgotten":
      return `forgot a customer${fact.again ? " again, after a backup was restored" : ""}${fact.suppressed ? " and will leave their address alone" : ""}`;
    case "ledger-restored":
      return `went on from a restored backup; entries that had been seen outside are gone`;
    case "export-created":
      return `downloaded ${download(fact, names)}${fact.rows === null ? "" : ` (${fact.what === "ledger" ? counted(fact.rows, "entry", "entries") : counted(fact.rows, "row")})`}`;
    case "staff-invited":
      return `invited a colleague as ${fact.role}`;
    case "staff-joined":
      return `joined as ${fact.role}`;
    case "staff-role-changed":
      return `changed the role of ${staff(fact.staff)} from ${fact.from} to ${fact.to}`;
    case "staff-disabled":
      return `disabled the account of ${staff(fact.staff)}`;
    case "staff-enabled":
      return `enabled the account of ${staff(fact.staff)} again`;
    case "invitation-revoked":
      return "revoked an invitation";
    case "key-created":
      return `created ${fact.origins === undefined ? "an API" : "a browser"} key${withName(names.keys.get(fact.key))} for ${fact.scopes.join(", ")}${fact.origins === undefined ? "" : ` on ${fact.origins.join(", ")}`}`;
    case "key-rotated":
      return `replaced the API key${withName(names.keys.get(fact.key))}; the old one goes on until ${day(fact.until)}`;
    case "key-revoked":
      return `revoked an API key${withName(names.keys.get(fact.key))}`;
    case "webhook-created":
      return `added a webhook that is told of ${fact.kinds.map((kind) => eventWords[kind] ?? kind).join(", ")}`;
    case "webhook-changed":
      return `changed a webhook: ${fact.changed.map((one) => webhookChangeWords[one]).join(", ")}`;
    case "webhook-removed":
      return "removed a webhook";
    case "settings-changed":
      return Object.entries(fact.changes).map(([setting, { to }]) => settingWords[setting]?.(to) ?? `changed the setting “${setting}”`).join(" and ");
  }
}

function permissionDeed({ answer, version, keeps, imported, channel, shown }: PermissionAnswered, name: string): string {
  if (answer === "objected" && shown === null && channel === "gpc") return `objected, by a signal of their browser, to version ${version} of ${name}`;
  if (imported) return `had ${elsewhere[answer]} version ${version} of ${name}, by what “${imported.source}” says of ${day(imported.answeredAt)}; what was shown to them there is not known here`;
  return keeps === undefined ? `${answered[answer]} version ${version} of ${name}` : `said no to version ${version} of ${name} and kept what they agreed to with version ${keeps}`;
}

function limits({ expiresAt, once, guardian, imported }: PermissionAnswered): string {
  const until = expiresAt === null ? "" : `, until ${day(expiresAt)}`;
  return `${until}${once ? ", for one time" : ""}${guardian === undefined || imported ? "" : ", through somebody who answers for them"}`;
}

/** What a download held; `subject` is `all`, or `use:KEY@VERSION` and the like. */
function download(fact: Extract<Fact, { kind: "export-created" }>, names: Names): string {
  const [, kind, key, version] = /^(use|policy):([a-z0-9-]+)@(\d+)$/.exec(fact.subject) ?? [];
  if (fact.what === "answers" && key !== undefined) {
    return `every answer to version ${version} of “${(kind === "use" ? names.uses : names.policies).get(key) ?? key}”`;
  }
  const [, listed] = /^use:([a-z0-9-]+)$/.exec(fact.subject) ?? [];
  if (fact.what === "list" && listed !== undefined) return `a list of people, cleansed for “${names.uses.get(listed) ?? listed}”`;
  if (fact.what === "ledger") return "the whole ledger";
  return fact.what === "acceptance" ? "the acceptance of every version" : fact.what;
}

function host(key: string, names: Names): string {
  return `host application${withName(names.keys.get(key))}`;
}

function alone({ twoPairsOfEyes }: { twoPairsOfEyes: boolean }): string {
  return twoPairsOfEyes ? "" : ", without a second person";
}

function history(length: number): string {
  return length === 0 ? "" : `, with ${counted(length, "earlier version")}`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
}

function day(moment: string): string {
  return new Date(moment).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

function withName(name: string | undefined): string {
  return name === undefined ? "" : ` “${name}”`;
}

const eventWords: Readonly<Record<string, string>> = {
  "permission.changed": "changed permissions",
  "question.due": "questions that fall due",
  "policy.published": "published policies",
  "person.forgotten": "forgotten customers",
  "memory.removed": "what is no longer remembered",
};

const webhookChangeWords: { readonly [C in WebhookChange]: string } = {
  name: "its name",
  address: "its address",
  kinds: "what it is told of",
  confirms: "whether it confirms",
  secret: "a new secret",
  paused: "paused",
  resumed: "resumed",
};
