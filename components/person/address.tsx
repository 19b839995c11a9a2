import { Fragment } from "react";

/** An e-mail address or a customer number: it goes on in the next line after its @, and within a word only where it must. */
export function Address({ children }: { children: string }) {
  const parts = children.split("@");
  return (
    <span className="inline-block max-w-full [overflow-wrap:break-word] sm:max-w-64">
      {parts.map((part, index) => (
        <Fragment key={index}>
          {part}
          {index < parts.length - 1 ? <>@<wbr /></> : null}
        </Fragment>
      ))}
    </span>
  );
}
