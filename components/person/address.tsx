import { Fragment } from "react";

/** An e-mail address that goes on in the next line after its @. */
export function Address({ children }: { children: string }) {
  const parts = children.split("@");
  return parts.map((part, index) => (
    <Fragment key={index}>
      {part}
      {index < parts.length - 1 ? <>@<wbr /></> : null}
    </Fragment>
  ));
}
