import { expectTypeOf, test } from "vitest";
import type { z } from "zod";
import type * as client from "@/lib/client/types";
import type { receipt } from "@/lib/contract/answer";
import type { decisionView } from "@/lib/contract/decision";
import type { memoryItemView, rememberedView } from "@/lib/contract/memory";
import type { dueView, questionsView } from "@/lib/contract/question";

/** As it goes over the wire: what may be missing is missing. */
type Wire<T> = unknown extends T ? unknown : T extends (infer One)[] ? Wire<One>[] : T extends object ? { [K in keyof T]: Wire<Exclude<T[K], undefined>> } : T;
/** The same with every word taken for any word: the client leaves room for dimensions that come to be later. */
type Shape<T> = unknown extends T ? unknown : T extends string ? string : T extends (infer One)[] ? Shape<One>[] : T extends object ? { [K in keyof T]: Shape<T[K]> } : T;
type Sent<Schema extends z.ZodType> = Wire<z.output<Schema>>;

// Judged by the type check; running it says nothing.
test("the client's types of what comes back are those of the schemas: nothing is missing, and nothing there but in the client", () => {
  expectTypeOf<Sent<typeof questionsView>>().toExtend<client.Questions>();
  expectTypeOf<Shape<client.Questions>>().toEqualTypeOf<Shape<Sent<typeof questionsView>>>();
  expectTypeOf<Sent<typeof receipt>>().toExtend<client.Receipt>();
  expectTypeOf<Shape<client.Receipt>>().toEqualTypeOf<Shape<Sent<typeof receipt>>>();
  expectTypeOf<client.Due>().toEqualTypeOf<Sent<typeof dueView>>();
  expectTypeOf<client.Decision>().toEqualTypeOf<Sent<typeof decisionView>>();
  expectTypeOf<client.Remembered>().toEqualTypeOf<Sent<typeof rememberedView>>();
  expectTypeOf<Wire<client.MemoryItem>>().toEqualTypeOf<Sent<typeof memoryItemView>>();
});
