import { describe, expect, it } from "vitest";
import { isAsSeen, judgePublication, needsAnother, type Publishing } from "./publication";

const ready: Publishing = { proposed: true, authors: ["ada", "ben"], replaces: 3 };
const two = { twoPairsOfEyes: true };
const one = { twoPairsOfEyes: false };

describe("a publication", () => {
  it("goes on when somebody else looked at it against what is in force", () => {
    expect(judgePublication(ready, { id: "cem", replaces: 3 }, two)).toEqual({ hindrance: null, twoPairsOfEyes: true });
    expect(judgePublication({ ...ready, replaces: null }, { id: "cem", replaces: null }, two).hindrance).toBeNull();
  });

  it("waits while it is being written, whoever publishes", () => {
    for (const id of ["ada", "cem"]) expect(judgePublication({ ...ready, proposed: false }, { id, replaces: 1 }, one).hindrance).toBe("being-written");
  });

  it("is compared anew when another version came in, or the first went", () => {
    for (const replaces of [2, 4, null]) expect(judgePublication(ready, { id: "cem", replaces }, two).hindrance).toBe("superseded");
    expect(judgePublication({ ...ready, replaces: null }, { id: "cem", replaces: 1 }, two).hindrance).toBe("superseded");
  });

  it("is for somebody who wrote none of it, until the organisation has one pair of eyes; then it says so", () => {
    for (const id of ["ada", "ben"]) {
      expect(judgePublication(ready, { id, replaces: 3 }, two).hindrance).toBe("own");
      expect(judgePublication(ready, { id, replaces: 3 }, one)).toEqual({ hindrance: null, twoPairsOfEyes: false });
    }
    expect(judgePublication(ready, { id: "cem", replaces: 3 }, one)).toEqual({ hindrance: null, twoPairsOfEyes: true });
    expect([needsAnother(["ada"], "ada", two), needsAnother(["ada"], "ada", one), needsAnother(["ada"], "cem", two)]).toEqual([true, false, false]);
  });
});

it("a draft is as it was seen only with the same id and the same revision", () => {
  const draft = { id: "a", revision: 2 };
  expect(isAsSeen(draft, { draft: "a", revision: 2 })).toBe(true);
  expect([isAsSeen(draft, { draft: "a", revision: 1 }), isAsSeen(draft, { draft: "b", revision: 2 }), isAsSeen(null, { draft: "a", revision: 2 })]).toEqual([false, false, false]);
});
