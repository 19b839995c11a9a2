import { expect, test } from "vitest";
import { localeName, ownLocaleName } from "@/lib/contract/locale-name";
import { hintsForWording, openInWording, promptLocales, type PromptWords } from "@/lib/contract/prompt";

const words: PromptWords = {
  title: "Mountain bikes",
  question: "May we remember which mountain bikes you look at?",
  benefit: "You see the bikes that fit you first.",
  ifNo: "Everything stays as it is.",
  yesLabel: "Yes, remember",
  noLabel: "No, do not",
};

test("a good wording is complete and needs no advice", () => {
  expect(openInWording(words)).toEqual([]);
  expect(hintsForWording(words, ["Mountain bikes looked at"])).toEqual([]);
});

test("every part has to be there before anybody is asked", () => {
  expect(openInWording({ title: "", question: "", benefit: "", ifNo: "", yesLabel: "", noLabel: "" }).map((fault) => fault.path)).toEqual(["title", "question", "benefit", "ifNo", "yesLabel", "noLabel"]);
});

test.each([
  [{ question: "May we use information about you for marketing?" }, /general/],
  [{ question: "May we keep it?" }, /name what is remembered/],
  [{ question: "We remember your mountain bikes." }, /question mark/],
  [{ yesLabel: "Yes, show me everything I love", noLabel: "No" }, /longer than the other/],
  [{ ifNo: "Sadly, you would miss our best offers." }, /costs nothing/],
])("%j gets advice, and is not refused", (changed, advice) => {
  const changedWords = { ...words, ...changed };
  expect(hintsForWording(changedWords, ["Mountain bikes"]).join(" ")).toMatch(advice);
  expect(openInWording(changedWords)).toEqual([]);
});

test("a question mark of another script is one", () => {
  expect(hintsForWording({ ...words, question: "マウンテンバイクの閲覧履歴を保存してもよいですか？" }, [])).toEqual([]);
});

test("every language has a name in English, and one of its own", () => {
  expect(promptLocales.map(localeName)).toEqual(["English", "German", "French", "Spanish", "Portuguese", "Italian", "Dutch", "Polish", "Swedish", "Danish", "Japanese"]);
  expect(promptLocales.map(ownLocaleName)).toEqual(["English", "Deutsch", "Français", "Español", "Português", "Italiano", "Nederlands", "Polski", "Svenska", "Dansk", "日本語"]);
});
