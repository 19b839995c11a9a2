import { randomInt, randomUUID } from "node:crypto";
import type { Context, Request } from "autocannon";
import { z } from "zod";
import { PlainError } from "@/lib/data/settings/plain-error";
import type { Household } from "@/lib/delivery/cli/household";
import { headersFor } from "./ask-decisions";
import type { BenchGround } from "./ground";
import { putLoad, type LoadFigures } from "./load";
import type { MeasuredProcess } from "./measured-process";
import { startPeer, type Peer } from "./peer";
import type { Seeded } from "./seed";
import { refOf } from "./seed-publications";
import { atLeast, micros, millis, perSecond, times, told, whole, type Row } from "./table";

const connections = 10;
/** How many requests a connection goes through before it begins again. */
const different = 2_000;

const scenarios = ["record", "status", "check"] as const;
type Scenario = (typeof scenarios)[number];

const whatItIs: { readonly [S in Scenario]: string } = {
  record: "A new person is asked three things and answers them",
  status: "Where one person stands",
  check: "Whether one person must be asked",
};

/** Ours beside c15t, turn about, on the same PostgreSQL: both with the same number of people. */
export async function measurePeer(household: Household, ground: BenchGround, seeded: Seeded, gateway: MeasuredProcess, folder: string, seconds: number): Promise<Row[]> {
  const figures = new Map<string, LoadFigures>();
  for (const shape of ["stock", "indexed"] as const) {
    const peer = await startPeer(household, ground, folder, seeded.people, shape);
    for (const scenario of scenarios) {
      const common = { connections, seconds, server: ground.server };
      figures.set(`${scenario} ${shape}`, await putLoad(household, { ...common, origin: peer.origin, measured: peer.measured, requests: () => theirs(peer, scenario, seeded.people) }));
      figures.set(`${scenario} ours ${shape}`, await putLoad(household, { ...common, origin: ground.gateway, measured: gateway, requests: () => ours(seeded, scenario) }));
    }
    await peer.measured.stop();
  }
  return scenarios.flatMap((scenario) => rowsOf(scenario, seeded.people, (name) => figures.get(`${scenario} ${name}`)!));
}

function rowsOf(scenario: Scenario, people: number, of: (name: string) => LoadFigures): Row[] {
  // Recording takes two requests here: the questions as shown, and the answers to them.
  const each = scenario === "record" ? 2 : 1;
  const [best, indexed, stock] = [of("ours indexed"), of("indexed"), of("stock")];
  const mine = best.perSecond / each;
  const what = `${whatItIs[scenario]}, ${whole(people)} people`;
  const beside = `${perSecond(mine)}; c15t indexed ${perSecond(indexed.perSecond)}, stock ${perSecond(stock.perSecond)} (beside it ${perSecond(of("ours stock").perSecond / each)}); p99 ${millis(best.p99)} a request, c15t indexed ${millis(indexed.p99)}`;
  return [
    atLeast(10, mine / indexed.perSecond, times, { what: `${what}: as many as c15t indexed`, beside }),
    told("Processor time of it, Node and PostgreSQL", cost(best, each), `c15t indexed ${cost(indexed, 1)}, stock ${cost(stock, 1)}`),
  ];
}

const cost = ({ node, postgres }: LoadFigures, each: number): string => `${micros(node * each)}${postgres === null ? "" : ` + ${micros(postgres * each)}`}`;

function theirs(peer: Peer, scenario: Scenario, people: number): Request[] {
  const make = () => (scenario === "record" ? peer.record() : peer[scenario](people));
  return [{ ...make(), setupRequest: (request) => ({ ...request, ...make() }) }];
}

function ours(seeded: Seeded, scenario: Scenario): Request[] {
  if (scenario === "record") return [askSomebodyNew(seeded), answerThem(seeded)];
  const headers = headersFor(seeded.apiKey);
  const call = scenario === "status" ? "permissions" : "due";
  return Array.from({ length: different }, () => ({ method: "GET", path: `/v1/people/${refOf(randomInt(seeded.people))}/${call}`, headers }));
}

const questionsReply = z.object({ questions: z.array(z.object({ token: z.string(), choices: z.array(z.object({ answer: z.string() })).min(1) })).length(3) });

/** As many questions as the budget of a visit holds: three, as the peer's record answers a policy and two purposes. */
function askSomebodyNew({ apiKey }: Seeded): Request {
  const request: Request = { method: "POST", path: "/v1/questions", headers: headersFor(apiKey) };
  return {
    ...request,
    setupRequest: (made, context) => {
      context["person"] = `new-${randomUUID()}`;
      return { ...made, body: JSON.stringify({ person: context["person"] }) };
    },
    onResponse: (status, body, context) => {
      if (status !== 200) throw new PlainError(`A new person was not asked: ${body}`);
      context["questions"] = questionsReply.parse(JSON.parse(body)).questions;
    },
  };
}

function answerThem({ apiKey }: Seeded): Request {
  const request: Request = { method: "POST", path: "/v1/answers", headers: headersFor(apiKey) };
  return {
    ...request,
    setupRequest: (made, context) => ({ ...made, body: JSON.stringify({ person: context["person"], answers: answersTo(context) }) }),
  };
}

/** Yes to every second person's questions, no to the others': neither is dearer. */
function answersTo(context: Context) {
  const questions = context["questions"] as z.infer<typeof questionsReply>["questions"] | undefined;
  if (!questions) throw new PlainError("A new person was asked nothing.");
  return questions.map(({ token, choices }) => ({ token, answer: choices[randomInt(choices.length)]!.answer }));
}

