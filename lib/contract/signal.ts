import type { GpcConcern } from "@/lib/domain/signal";

/**
 * Whether a request says by Global Privacy Control not to sell, share or target: `Sec-GPC` is exactly `1`. Of several such
 * headers, which arrive joined by commas, one is enough; anything else says nothing (GPC specification, § 2.2).
 */
export function saysGpc(header: string | null | undefined): boolean {
  return (header ?? "").split(",").some((one) => one.trim() === "1");
}

/**
 * What stands at /.well-known/gpc.json: that the signal is honoured, and when that was last said anew (GPC specification,
 * § 4). The date changes with how it is honoured, not with what is published.
 */
export const gpcSupport = { gpc: true, lastUpdate: "2026-11-22" } as const;

/** One use that the signal speaks against, and what came of it for one person. */
export type SignalledUse = {
  readonly use: string;
  readonly title: string;
  readonly locale: string;
  readonly concern: GpcConcern;
  /**
   * `off`: not done. `chosen`: done, since they said yes knowing of their signal. `earlier`: done as an earlier version says
   * that they said yes to, and no further. `needed`: no choice is left by law or contract.
   */
  readonly standing: "off" | "chosen" | "earlier" | "needed";
  /** The version that they answered last; null where they never did. */
  readonly answered: number | null;
  readonly askable: boolean;
};

export type SignalView = { readonly lastSeenAt: Date; readonly uses: readonly SignalledUse[] };
