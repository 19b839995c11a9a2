/** One entry of a tree that can be picked from, as the taxonomy lists it. */
export interface TreeNode {
  key: string;
  name: string;
  description?: string | undefined;
  /** Null or absent at the top. A parent that is not in the list counts as absent. */
  parentKey?: string | null | undefined;
}

export interface Branch {
  node: TreeNode;
  branches: readonly Branch[];
}

/** Parents before children, each list in the order given. Whatever hangs in a circle is left out. */
export function branchesOf(nodes: readonly TreeNode[]): readonly Branch[] {
  const known = new Set(nodes.map((node) => node.key));
  const children = new Map<string | null, TreeNode[]>();
  for (const node of nodes) {
    const parent = node.parentKey && known.has(node.parentKey) ? node.parentKey : null;
    const list = children.get(parent);
    if (list) list.push(node);
    else children.set(parent, [node]);
  }
  const grow = (parent: string | null): readonly Branch[] =>
    (children.get(parent) ?? []).map((node) => ({ node, branches: grow(node.key) }));
  return grow(null);
}

/** The keys to show for a search: what contains every word, and the way up to it. Null shows everything. */
export function matchingKeys(nodes: readonly TreeNode[], search: string): { shown: ReadonlySet<string>; hits: number } | null {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return null;
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const shown = new Set<string>();
  let hits = 0;
  for (const node of nodes) {
    const text = `${node.name} ${node.key} ${node.description ?? ""}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    hits += 1;
    for (let up: TreeNode | undefined = node; up && !shown.has(up.key); up = up.parentKey ? byKey.get(up.parentKey) : undefined) {
      shown.add(up.key);
    }
  }
  return { shown, hits };
}
