import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { anyone, house, scopes, type Actor, type Scope } from "@/lib/domain/actor";
import { may, roles, type StaffAct } from "@/lib/domain/roles";

/** What each use case of staff needs. */
const ofStaff: Readonly<Record<string, StaffAct>> = {
  addPerson: "people.invite",
  addTaxonomyWord: "use.write",
  addWebhook: "key.manage",
  cancelPolicyVersion: "policy.publish",
  changeRole: "team.manage",
  changeSettings: "settings.manage",
  changeWebhook: "key.manage",
  checkPolicyHistory: "policy.import",
  compareDataUseVersions: "studio.read",
  cleanseListPiece: "list.cleanse",
  comparePolicyVersions: "studio.read",
  comparePromptVersions: "studio.read",
  createApiKey: "key.manage",
  createDataUse: "use.write",
  createPolicy: "policy.write",
  disableStaff: "team.manage",
  discardDataUseDraft: "use.write",
  discardImportedPolicyVersions: "policy.import",
  discardPolicyDraft: "policy.write",
  discardPromptDraft: "prompt.write",
  enableStaff: "team.manage",
  exportAcceptance: "export.create",
  exportAnswers: "export.create",
  exportLedger: "export.create",
  findPersonBy: "people.read",
  forgetPerson: "people.forget",
  importPolicyHistory: "policy.import",
  invitePerson: "people.invite",
  inviteStaff: "team.manage",
  listApiKeys: "key.manage",
  listCleansable: "list.cleanse",
  listDataUses: "studio.read",
  listLedger: "ledger.read",
  listPeople: "people.read",
  listPolicies: "studio.read",
  listPolicyVersions: "studio.read",
  listPrompts: "studio.read",
  listReports: "report.read",
  listTaxonomyWords: "studio.read",
  listTeam: "team.manage",
  listWebhooks: "key.manage",
  mintPersonLinkByStaff: "people.answer-link",
  pauseWebhook: "key.manage",
  previewPolicyText: "policy.write",
  proposeDataUse: "use.write",
  proposePolicyVersion: "policy.write",
  proposePrompt: "prompt.write",
  proveLedgerGrowth: "ledger.read",
  publishDataUse: "use.publish",
  publishPolicyVersion: "policy.publish",
  publishPrompt: "prompt.publish",
  readDataUse: "studio.read",
  readDataUseDraft: "studio.read",
  readDataUseVersion: "studio.read",
  readPolicy: "studio.read",
  readPolicyDraft: "studio.read",
  readPolicyVersion: "studio.read",
  readPrompt: "studio.read",
  readPromptDraft: "studio.read",
  readPromptVersion: "studio.read",
  readReceiptOf: "ledger.read",
  removeLocaleFromPrompt: "prompt.write",
  removeWebhook: "key.manage",
  replayDeliveries: "key.manage",
  resumeWebhook: "key.manage",
  replaceApiKey: "key.manage",
  revokeApiKey: "key.manage",
  revokeInvitation: "team.manage",
  rotateWebhookSecret: "key.manage",
  saveDataUseDraft: "use.write",
  savePolicyCitations: "policy.write",
  savePolicyDraft: "policy.write",
  savePromptDraft: "prompt.write",
  showAddPerson: "people.invite",
  showDecisionCourse: "report.read",
  showEndings: "people.read",
  showEntry: "ledger.read",
  showLedgerProof: "ledger.read",
  showOverview: "studio.read",
  showPerson: "people.read",
  showPersonAsOf: "people.read",
  showReAsks: "report.read",
  showReport: "report.read",
  showSettings: "settings.manage",
  showTeamMember: "team.manage",
  showWebhook: "key.manage",
  startDataUseDraft: "use.write",
  startPolicyDraft: "policy.write",
  startPromptDraft: "prompt.write",
  testWebhook: "key.manage",
  verifyWholeLedger: "ledger.read",
};

const ofPersons = ["answerQuestions", "askQuestions", "askQuestionsAgain", "countMyMemory", "forgetMyItem", "honourMySignal", "readReceipt", "showMyAnswer", "showMyEndings", "showMyFrame", "showMyHistory", "showMyMemory", "showMyPolicies", "showMySignal", "showPermissions", "withdrawPermission"];

const ofPrograms: Readonly<Record<string, Scope>> = {
  answerQuestionsByProgram: "ask",
  askQuestionsByHost: "ask",
  cleanseList: "decide",
  confirmEvent: "remember",
  decideMany: "decide",
  forgetItem: "remember",
  forgetPersonOfHost: "remember",
  importConsents: "ask",
  mintPersonLink: "ask",
  mintPersonToken: "ask",
  proveLedgerConsistency: "audit",
  proveLedgerEntry: "audit",
  readLedgerEntry: "audit",
  recallItem: "remember",
  recallItems: "remember",
  rememberItem: "remember",
  reportUsesMade: "decide",
};

/** What a page in a browser may do too, for the person of its token. */
const ofBrowsers: readonly string[] = ["answerQuestionsByProgram", "askQuestionsByHost"];

/** What the house alone does. */
const ofHouse = ["acceptRestoredLedger", "deliverWebhooks", "endRemembered", "forgetAgain", "honourHeardSignals", "witnessLedger"];

/** What the house does itself too, without anybody to ask. */
const ofTheHouse = ["addPerson", "mintPersonLink"];

/** Every function that is told who asks, by name. */
const found = new Map(
  readdirSync(import.meta.dirname)
    .filter((file) => /^[a-z-]+\.ts$/.test(file) && file !== "authorise.ts")
    .flatMap((file) =>
      [...readFileSync(path.join(import.meta.dirname, file), "utf8").matchAll(/^export (?:async )?function (\w+)\(\s*actor: Actor\b/gm)].map((match) => [match[1] ?? "", file] as const),
    ),
);

/** The refusal's code, or what else came of it; they refuse before they look at what they are given. */
async function codeOf(name: string, actor: Actor): Promise<unknown> {
  const room: Record<string, unknown> = await import(path.join(import.meta.dirname, found.get(name) ?? ""));
  const act = room[name];
  if (typeof act !== "function") throw new Error(`${name} is not there`);
  try {
    await Reflect.apply(act, undefined, [actor, {}, {}, {}, {}]);
    return "done";
  } catch (error) {
    return typeof error === "object" && error !== null && "code" in error ? error.code : String(error);
  }
}

const staff = roles.map((role): Actor => ({ kind: "staff", id: "00000000-0000-4000-8000-000000000000", name: role, email: `${role}@example.com`, role }));
const person: Actor = { kind: "person", id: "00000000-0000-4000-8000-000000000000", channel: "mail" };
const program: Actor = { kind: "program", keyId: "00000000-0000-4000-8000-000000000000", scopes, person: null };

test("of every use case that is told who asks, it is known who may", () => {
  expect([...found.keys()].sort()).toEqual([...Object.keys(ofStaff), ...ofPersons, ...Object.keys(ofPrograms), ...ofHouse].sort());
});

describe("nobody gets in who may not", () => {
  test.each(Object.entries(ofStaff))("%s needs %s", async (name, act) => {
    const strangers = [anyone, person, program, ...(ofTheHouse.includes(name) ? [] : [house])];
    for (const actor of strangers) expect([actor.kind, await codeOf(name, actor)]).toEqual([actor.kind, "signed-out"]);
    for (const actor of staff) {
      if (actor.kind === "staff" && !may(actor, act)) expect([actor.role, await codeOf(name, actor)]).toEqual([actor.role, "forbidden"]);
    }
  });

  test.each(ofPersons)("%s is a person's own", async (name) => {
    for (const actor of [anyone, house, program, ...staff]) expect([actor.kind, await codeOf(name, actor)]).toEqual([actor.kind, "signed-out"]);
  });

  test.each(ofHouse)("%s is the house's own", async (name) => {
    for (const actor of [anyone, person, program, ...staff]) expect([actor.kind, await codeOf(name, actor)]).toEqual([actor.kind, "forbidden"]);
  });

  test.each(Object.entries(ofPrograms))("%s needs the scope %s", async (name, scope) => {
    const strangers = [anyone, person, ...staff, ...(ofTheHouse.includes(name) ? [] : [house])];
    for (const actor of strangers) expect([actor.kind, await codeOf(name, actor)]).toEqual([actor.kind, "signed-out"]);
    const others = scopes.filter((one) => one !== scope);
    expect(await codeOf(name, { kind: "program", keyId: "k", scopes: others, person: null })).toBe("forbidden");
    const browser: Actor = { kind: "program", keyId: "k", scopes, person: "00000000-0000-4000-8000-000000000000" };
    if (!ofBrowsers.includes(name)) expect(await codeOf(name, browser)).toBe("forbidden");
  });
});
