import { describe, expect, it } from "vitest";
import { type Branch, branchesOf, matchingKeys, type TreeNode } from "./tree";

const nodes: readonly TreeNode[] = [
  { key: "user", name: "Customer data" },
  { key: "user.contact", name: "Contact", parentKey: "user" },
  { key: "user.contact.email", name: "E-mail", description: "An address for letters", parentKey: "user.contact" },
  { key: "system", name: "System data", parentKey: null },
  { key: "lost", name: "Lost", parentKey: "nowhere" },
];

const outline = (branches: readonly Branch[]): unknown => branches.map((branch) => [branch.node.key, outline(branch.branches)]);

describe("a tree to pick from", () => {
  it("keeps the order given, and takes a parent that is not there for none", () => {
    expect(outline(branchesOf(nodes))).toEqual([["user", [["user.contact", [["user.contact.email", []]]]]], ["system", []], ["lost", []]]);
  });

  it("ends when nodes hang in a circle", () => {
    expect(branchesOf([{ key: "a", name: "A", parentKey: "b" }, { key: "b", name: "B", parentKey: "a" }])).toEqual([]);
  });

  it("shows what contains every word, and the way up to it", () => {
    const found = matchingKeys(nodes, "letters  address");
    expect(found?.hits).toBe(1);
    expect([...(found?.shown ?? [])].sort()).toEqual(["user", "user.contact", "user.contact.email"]);
  });

  it("shows everything for an empty search and nothing for an unknown word", () => {
    expect(matchingKeys(nodes, "  ")).toBeNull();
    expect(matchingKeys(nodes, "zebra")).toEqual({ shown: new Set(), hits: 0 });
  });
});
