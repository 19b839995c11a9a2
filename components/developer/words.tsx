import { Fragment } from "react";
import { Mono } from "@/components/ui/mono";

/** A sentence of the description, with what stands between backticks set as code. */
export function Words({ text }: { text: string }) {
  return text.split("`").map((part, place) => (place % 2 === 1 ? <Mono key={place}>{part}</Mono> : <Fragment key={place}>{part}</Fragment>));
}
