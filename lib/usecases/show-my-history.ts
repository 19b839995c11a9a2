import type { HistoryPage } from "@/lib/contract/permission";
import { database } from "@/lib/data/client";
import { readAsked, readUseStandings } from "@/lib/data/questions";
import type { Actor } from "@/lib/domain/actor";
import { authorisePerson } from "@/lib/usecases/authorise";
import { inLanguage } from "./ask-questions-content";
import { historyOf } from "./show-my-history-of";

const pageSize = 20;

/** Everything this person ever answered, newest first; `below` is where the page before ended. */
export async function showMyHistory(actor: Actor, below: number | null): Promise<HistoryPage> {
  authorisePerson(actor);
  const db = database();
  const page = await historyOf(db, actor.id, below, pageSize);
  if (page.lines.every((line) => line.shown !== null || line.kind !== "permission")) return page;
  // What was answered without a question goes by the title that its question has, not by the name that staff use.
  const [asked, uses] = await Promise.all([readAsked(db, actor.id), readUseStandings(db, actor.id)]);
  const titleOf = (key: string | null) => asked && inLanguage(uses.find((use) => use.key === key)?.texts ?? [], asked)?.title;
  return { ...page, lines: page.lines.map((line) => (line.shown === null && line.kind === "permission" ? { ...line, name: titleOf(line.key) ?? line.name } : line)) };
}
