/** Where the pages that anybody may read lead to. */
export const publicLinks = [
  { href: "/policies", label: "Policies" },
  { href: "/ledger", label: "Ledger" },
  { href: "/me", label: "Your permissions" },
] as const;
