import { ArrowDown, ArrowUp, MoveVertical } from "lucide-react";
import { type ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { runsOf, type ComparedBlock, type ComparedPart, type ComparedRun } from "@/lib/contract/policy-comparison";

export type ComparisonLook = "inline" | "side";

/** Unchanged blocks kept in sight on each side of a change. */
const context = 1;

/**
 * A difference as a lawyer reads it: what went struck through, what came underlined, and what stayed folded away. Each
 * change has its own address (`#change-3`) and leads to the one before and after. Nothing here needs a script.
 */
export function ComparisonView({ blocks, locale, look }: { blocks: readonly ComparedBlock[]; locale: string; look: ComparisonLook }) {
  const runs = runsOf(blocks);
  const last = runs.reduce((highest, run) => Math.max(highest, run.change ?? 0), 0);
  return (
    <div lang={locale} className={classNames("prose", look === "side" && "max-w-none")}>
      {look === "side" ? (
        <div className="mb-4 hidden grid-cols-2 gap-x-10 border-b border-line pb-2 font-sans text-sm font-medium text-muted lg:grid" aria-hidden="true">
          <p>Before</p>
          <p className="!mt-0">After</p>
        </div>
      ) : null}
      {runs.map((run, index) =>
        run.change === null ? (
          <Unchanged key={index} run={run} first={index === 0} last={index === runs.length - 1} look={look} />
        ) : (
          <Change key={index} run={run} number={run.change} last={last} look={look} />
        ),
      )}
    </div>
  );
}

function Change({ run, number, last, look }: { run: ComparedRun; number: number; last: number; look: ComparisonLook }) {
  return (
    <section id={`change-${number}`} aria-label={`Change ${number} of ${last}`} className="group/change relative my-5 scroll-mt-6 rounded-md border-l-3 border-accent-line bg-surface py-3 pl-5 pr-4 shadow-sm target:border-accent [&>*+*]:mt-3">
      <p className="mb-2 flex flex-wrap items-center gap-x-3 font-sans text-xs text-faint">
        <a href={`#change-${number}`} className="!text-faint no-underline hover:underline">Change {number} of {last}</a>
        {number > 1 ? <Jump href={`#change-${number - 1}`} label="Previous change"><ArrowUp /></Jump> : null}
        {number < last ? <Jump href={`#change-${number + 1}`} label="Next change"><ArrowDown /></Jump> : null}
      </p>
      {run.blocks.map((block, index) => <Block key={index} block={block} look={look} />)}
    </section>
  );
}

function Jump({ href, label, children }: { href: string; label: string; children: ReactNode }) {
  return (
    <a href={href} className="inline-flex min-h-6 items-center gap-1 !text-accent no-underline hover:underline [&_svg]:size-3.5">
      {children}
      {label}
    </a>
  );
}

/** What stayed: folded, but for what stands next to a change. */
function Unchanged({ run, first, last, look }: { run: ComparedRun; first: boolean; last: boolean; look: ComparisonLook }) {
  const head = first ? 0 : context;
  const tail = last ? 0 : context;
  const { blocks } = run;
  if (blocks.length <= head + tail + 1) return <>{blocks.map((block, index) => <Block key={index} block={block} look={look} quiet />)}</>;
  const folded = blocks.slice(head, blocks.length - tail);
  return (
    <>
      {blocks.slice(0, head).map((block, index) => <Block key={index} block={block} look={look} quiet />)}
      <details className="group/fold my-4">
        <summary className="flex min-h-9 items-center gap-2 rounded-md border border-dashed border-line-strong px-3 font-sans text-sm text-muted hover:bg-hover print:hidden">
          <MoveVertical className="lucide size-4" aria-hidden="true" />
          <span className="group-open/fold:hidden">{`Show ${folded.length} unchanged ${folded.length === 1 ? "passage" : "passages"}`}</span>
          <span className="hidden group-open/fold:inline">Hide unchanged passages</span>
        </summary>
        {folded.map((block, index) => <Block key={index} block={block} look={look} quiet />)}
      </details>
      {blocks.slice(blocks.length - tail).map((block, index) => <Block key={index} block={block} look={look} quiet />)}
    </>
  );
}

function Block({ block, look, quiet }: { block: ComparedBlock; look: ComparisonLook; quiet?: boolean }) {
  if (look === "inline") return <Words block={block} parts={block.parts} quiet={quiet} />;
  const before = block.parts.filter((part) => part.kind !== "added");
  const after = block.parts.filter((part) => part.kind !== "removed");
  return (
    <div className="grid grid-cols-1 gap-x-10 gap-y-1 lg:grid-cols-2">
      <div className={classNames("min-w-0", block.kind === "same" && "hidden lg:block")}>{block.kind === "added" ? null : <Words block={sideOf(block, "removed")} parts={before} quiet={quiet} />}</div>
      <div className="!mt-0 min-w-0">{block.kind === "removed" ? null : <Words block={sideOf(block, "added")} parts={after} quiet={quiet} />}</div>
    </div>
  );
}

/** A block with the links of one side only. */
function sideOf(block: ComparedBlock, kind: "added" | "removed"): ComparedBlock {
  return { ...block, links: block.links.filter((link) => link.kind === kind) };
}

function Words({ block, parts, quiet }: { block: ComparedBlock; parts: readonly ComparedPart[]; quiet?: boolean | undefined }) {
  const inside = (
    <>
      {block.kind === "moved" ? <span className="mr-2 rounded-sm bg-note-soft px-1.5 py-0.5 font-sans text-xs text-note">Moved here</span> : null}
      <Parts parts={parts} />
      {block.links.length > 0 ? <Links links={block.links} /> : null}
    </>
  );
  const tone = quiet ? "text-muted" : undefined;
  switch (block.role) {
    case "heading":
      // One level for all: passages are shown in part, so the text's own levels would leave gaps.
      return <p role="heading" aria-level={2} className={classNames("font-semibold", block.level < 3 ? "text-[1.2em]" : "text-[1.05em]", tone)}>{inside}</p>;
    case "item":
      return (
        <p className={classNames("flex gap-2.5", tone)} style={{ paddingInlineStart: `${(Math.min(block.level, 6) - 1) * 1.25}rem` }}>
          <span aria-hidden="true" className="text-faint">•</span>
          <span className="min-w-0">{inside}</span>
        </p>
      );
    case "code":
      return <p className={classNames("whitespace-pre-wrap font-mono text-sm", tone)}>{inside}</p>;
    case "row":
      return <p className={classNames("border-l-2 border-line-strong pl-3 font-sans text-sm", tone)}>{inside}</p>;
    case "paragraph":
      return <p className={classNames("whitespace-pre-line", tone)}>{inside}</p>;
  }
}

/** Whole words, marked by element, so that a reader without colours or eyes gets them too. */
export function Parts({ parts }: { parts: readonly ComparedPart[] }) {
  return parts.map((part, index) => {
    if (part.kind === "added") return <ins key={index}>{part.text}</ins>;
    if (part.kind === "removed") return <del key={index}>{part.text}</del>;
    return <span key={index}>{part.text}</span>;
  });
}

function Links({ links }: { links: ComparedBlock["links"] }) {
  return (
    <span className="mt-1.5 block font-sans text-sm text-muted">
      {links.map((link, index) => (
        <span key={index} className="block break-all">
          {link.kind === "added" ? "Link now leads to " : "Link no longer leads to "}
          {link.kind === "added" ? <ins>{link.url || "nowhere"}</ins> : <del>{link.url || "nowhere"}</del>} ({link.text})
        </span>
      ))}
    </span>
  );
}
