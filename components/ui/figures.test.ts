import { describe, expect, it } from "vitest";
import { initials } from "./avatar";
import { seriesOf, share } from "./chart-series";
import { chartScale, niceStep } from "./chart-scale";
import { absoluteTime, relativeTime } from "./time";

describe("figures and times", () => {
  it("never rounds something to nothing or nearly all to all", () => {
    expect([share(0, 10), share(1, 1000), share(999, 1000), share(1000, 1000), share(1, 3), share(0, 0)]).toEqual(["0%", "<1%", ">99%", "100%", "33%", "0%"]);
  });

  it("gives every state a look of its own", () => {
    expect(new Set((["yes", "due", "elsewhere", "no", "back", "never"] as const).map(seriesOf)).size).toBe(6);
  });

  it("cuts an axis at round numbers that reach past the highest value", () => {
    expect([niceStep(0), niceStep(7), niceStep(1340), niceStep(2_000_000)]).toEqual([1, 2, 500, 500_000]);
    const scale = chartScale([{ at: "2026-01-01", label: "", values: { a: 0 } }, { at: "2026-03-01", label: "", values: { a: 1340 } }], ["a"]);
    expect(scale.ticks).toEqual([0, 500, 1000, 1500]);
    expect(scale.line("a")).toBe("M0.0 240.0 L1000.0 25.6");
  });

  it("places points by time, not by number", () => {
    const scale = chartScale(["2026-01-01", "2026-01-02", "2026-01-11"].map((at) => ({ at, label: at, values: {} })), []);
    expect(scale.x("2026-01-02")).toBeCloseTo(100);
  });

  it("draws nothing, and fails at nothing, without points", () => {
    expect(chartScale([], ["a"]).area("a")).toBe("");
  });

  it("says an instant in UTC, and how long ago it was in the largest whole unit", () => {
    const at = new Date("2026-11-19T09:00:00Z");
    expect(absoluteTime(at, "datetime")).toBe("19 Nov 2026, 09:00 UTC");
    expect(absoluteTime(at, "date")).toBe("19 Nov 2026");
    expect(relativeTime(at, new Date("2026-11-21T10:00:00Z"))).toBe("2 days ago");
    expect(relativeTime(at, new Date("2026-11-19T09:00:20Z"))).toBe("now");
    expect(relativeTime(at, new Date("2026-11-18T09:00:00Z"))).toBe("tomorrow");
  });

  it("takes the first letters of the first and the last word", () => {
    expect([initials("Ada Lovelace King"), initials(" Bo "), initials(""), initials("Élodie 🦊fox")]).toEqual(["AK", "B", "?", "É🦊"]);
  });
});
