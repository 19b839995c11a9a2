import type { QuestionsAsked, QuestionsView, QuestionView } from "@/lib/contract/question";
import { publishedUses, readDueOf, type DueAsked, type DueItem, type DueRow } from "@/lib/data/due";
import { takeQuestions } from "@/lib/data/shown-content";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authoriseProgram } from "@/lib/usecases/authorise";
import { honourSignal } from "@/lib/usecases/honour-signal";
import { meetStranger } from "@/lib/usecases/meet-person";
import { personOfCall } from "@/lib/usecases/person-of-call";
import { keptDrafts, type KeptDraft } from "./ask-questions-kept";
import { byImportance } from "./ask-questions-order";
import { handedOut } from "./ask-questions-serve";

/** How those came to a question whom a host application asked. */
const channel = "host";

/**
 * What a host application puts to somebody now, as much as the organisation's budget for one visit and one month holds.
 * What was ignored in earlier visits makes room for what was not asked yet, so that nothing waits for good; what is served
 * stands in the order of `byImportance`. `signal`: the request carries the person's Global Privacy Control, which is
 * honoured first. Throws `invalid` for an unknown use, `suppressed` for somebody who was forgotten
 * and asked to be left alone.
 */
export async function askQuestionsByHost(actor: Actor, asked: QuestionsAsked, signal = false): Promise<QuestionsView> {
  authoriseProgram(actor, "ask", "browsers-too");
  const { person: ref, ...what } = asked;
  if (what.uses) await refuseUnknown(what.uses);
  if (signal) {
    const id = await personOfCall(actor, ref);
    await honourSignal(id, { key: actor.keyId });
    return offer({ id }, what);
  }
  // Somebody whom a server names is looked up together with what is due.
  return offer(actor.person === null && ref !== undefined ? { ref } : { id: await personOfCall(actor, ref) }, what);
}

/**
 * The question by which a host may ask for this use now; null where it may not, since nothing is due or the budget is
 * spent. For within other use cases, which have authorised.
 */
export async function questionInContext(person: string, use: string): Promise<QuestionView | null> {
  const { questions } = await offer({ id: person }, { audience: "customers", uses: [use], limit: 1 });
  return questions[0] ?? null;
}

type What = Omit<QuestionsAsked, "person">;

async function offer(who: DueAsked["who"], { audience, locale, uses, limit }: What): Promise<QuestionsView> {
  const row = await dueFor(who, audience);
  const wanted = uses && new Set(uses);
  const items = wanted ? row.items.filter(({ kind, key }) => kind === "permission" && wanted.has(key)) : row.items;
  const { perVisit, perMonth } = row.budget;
  const left = (spent: number) => (perMonth === null ? null : Math.max(0, perMonth - spent));
  const offered = inTurn(items, await keptDrafts(items, { person: row.person, locale: locale ?? row.locale, defaultLocale: row.defaultLocale, audience, signalled: row.signalled }));
  if (offered.length === 0) return { questions: [], waiting: 0, budget: { perVisit, perMonth, leftThisMonth: left(row.budget.asked) } };
  const served = await takeQuestions({
    person: row.person,
    channel,
    offered: offered.map(({ drafted, kept }) => ({ about: drafted.id, version: drafted.content.version, kept })),
    budget: row.budget,
    most: limit,
  });
  if (served === null) throw justForgotten();
  const questions = served.taken.map((place) => offered[place]!).sort((a, b) => byImportance(a.drafted, b.drafted));
  return {
    questions: questions.map(({ drafted, kept }) => handedOut(row.person, row.now, drafted, kept)),
    waiting: offered.length - questions.length,
    budget: { perVisit, perMonth, leftThisMonth: left(served.asked) },
  };
}

const justForgotten = (): Refusal => new Refusal("not-found", "This customer was just forgotten.");

type Known = DueRow & { readonly person: string; readonly locale: string };

async function dueFor(who: DueAsked["who"], audience: string): Promise<Known> {
  const found = await readDueOf({ who, audience, apiKey: null });
  const row = found.person === null && "ref" in who ? await dueForStranger(who.ref, audience, found) : found;
  const { person, locale } = row;
  if (person === null || locale === null) throw justForgotten();
  return { ...row, person, locale };
}

/** Of somebody new everything is due that is of a stranger, which was read already. */
async function dueForStranger(ref: string, audience: string, found: DueRow): Promise<DueRow> {
  const { id, fresh } = await meetStranger(ref);
  return fresh ? { ...found, person: id, locale: found.defaultLocale } : readDueOf({ who: { id }, audience, apiKey: null });
}

async function refuseUnknown(uses: readonly string[]): Promise<void> {
  const published = await publishedUses(uses);
  const faults = uses.flatMap((use, i) => (published.has(use) ? [] : [{ path: `uses[${i}]`, message: "Not a published data use." }]));
  if (faults.length > 0) throw new Refusal("invalid", "Not all of these are published data uses.", { faults });
}

/** Who is offered first: what was asked in the fewest visits, and of that the most important. */
function inTurn(items: readonly DueItem[], drafts: readonly KeptDraft[]): KeptDraft[] {
  const visits = new Map(items.map(({ id, visits: count }) => [id, count]));
  const visitsOf = ({ drafted }: KeptDraft) => visits.get(drafted.id) ?? 0;
  return [...drafts].sort((a, b) => visitsOf(a) - visitsOf(b) || byImportance(a.drafted, b.drafted));
}
