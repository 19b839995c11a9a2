import { describe, expect, test } from "vitest";
import { faultsAt, formToObject, formValues, typed, type FormState } from "./form";

function formOf(fields: readonly (readonly [string, string])[]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

describe("a form's fields", () => {
  test("become objects, lists and rows by their names", () => {
    const form = formOf([["name", "Bikes"], ["retention.count", "12"], ["places[]", "DE"], ["places[]", "FR"], ["recipients[1].name", "Bolt"], ["recipients[0].name", "Acme"], ["$ACTION_ID", "x"]]);
    expect(formToObject(form)).toEqual({ name: "Bikes", retention: { count: "12" }, places: ["DE", "FR"], recipients: [{ name: "Acme" }, { name: "Bolt" }] });
  });

  test("reach no prototype and exhaust no stack, whatever they are called", () => {
    const deep = Array.from({ length: 200_000 }, () => "a").join(".");
    const form = formOf([["__proto__.polluted", "1"], ["constructor.prototype.polluted", "1"], [deep, "1"], ["name", "Bikes"]]);
    expect(formToObject(form)).toEqual({ name: "Bikes" });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test("keep what was typed, under any name", () => {
    const values = formValues(formOf([["toString", "a"], ["valueOf", "b"], ["hasOwnProperty", "c"], ["places[]", "DE"], ["places[]", "FR"]]));
    expect(Object.entries(values)).toEqual([["toString", ["a"]], ["valueOf", ["b"]], ["hasOwnProperty", ["c"]], ["places[]", ["DE", "FR"]]]);
    const state: FormState = { status: "refused", code: "invalid", message: "No.", faults: [{ path: "name", message: "Write a name." }], values };
    expect([typed(state, "valueOf"), typed(state, "other", "before"), faultsAt(state, "name"), faultsAt(state, "other")]).toEqual(["b", "", ["Write a name."], undefined]);
  });
});
