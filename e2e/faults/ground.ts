import { randomBytes, randomUUID } from "node:crypto";
import { closeDatabase } from "@/lib/data/client";
import { askableUse, newPerson, publishText } from "@/lib/usecases/ask-questions.fixture";
import { check, type Findings } from "./check";
import { Cluster } from "./cluster";
import { readJournals, type Story } from "./journal";
import type { Subjects } from "./messages";
import { ask } from "./new-request";
import { readStored, type Stored } from "./stored";

/** A durable cluster with some dozens of people, two data uses and a policy to ask them about. */
export type Ground = {
  readonly cluster: Cluster;
  readonly subjects: Subjects;
  /** How many entries there were before anybody was asked anything. */
  readonly before: number;
  /** What clients know, then what is stored. */
  read(): Promise<{ stories: Story[]; stored: Stored }>;
  /** Holds one against the other. */
  check(): Promise<Findings>;
  remove(): Promise<void>;
};

/** Makes one, and points this process and those it starts at it. Call it before anything asks for `settings()`. */
export async function prepareGround(): Promise<Ground> {
  const cluster = await Cluster.create();
  process.env["DATABASE_URL"] = cluster.url("handshake_app");
  process.env["HANDSHAKE_SECRET"] = randomBytes(48).toString("base64");
  process.env["HANDSHAKE_MASTER_KEY"] = randomBytes(32).toString("base64");
  const policy = `policy-${randomUUID()}`;
  await publishText(policy);
  const about = [
    { kind: "permission" as const, key: await askableUse() },
    { kind: "permission" as const, key: await askableUse() },
    { kind: "policy" as const, key: policy },
  ];
  const subjects = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const { id: person } = await newPerson();
      return { person, questions: await ask(person, about) };
    }),
  );
  const before = (await readStored(cluster.url("handshake_owner"))).entries.length;
  const read = async () => ({ stories: readJournals(cluster.folder), stored: await readStored(cluster.url("handshake_owner")) });
  return {
    cluster,
    subjects,
    before,
    read,
    async check() {
      const { stories, stored } = await read();
      return check(stories, stored, before);
    },
    async remove() {
      await closeDatabase();
      await cluster.remove();
    },
  };
}
