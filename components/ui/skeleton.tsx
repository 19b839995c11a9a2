import { classNames } from "./class-names";

/** The place of something on its way. Give it a size: `className="h-5 w-40"`. */
export function Skeleton({ className }: { className?: string | undefined }) {
  return <span aria-hidden="true" className={classNames("block animate-pulse rounded-sm bg-line", className)} />;
}

/** A whole page on its way, for `loading.tsx`. */
export function LoadingPage({ label = "Loading" }: { label?: string | undefined }) {
  return (
    <div role="status" className="space-y-8">
      <span className="sr-only">{label}</span>
      <div className="space-y-3">
        <Skeleton className="h-4 w-24" />
        <Skeleton className="h-9 w-80 max-w-full" />
        <Skeleton className="h-5 w-[28rem] max-w-full" />
      </div>
      <div className="space-y-4 rounded-lg border border-line bg-surface p-5">
        {["w-11/12", "w-4/5", "w-10/12", "w-3/5"].map((width) => <Skeleton key={width} className={classNames("h-5", width)} />)}
      </div>
    </div>
  );
}
