export interface MarkProps {
  /** Pixels. */
  size?: number | undefined;
  className?: string | undefined;
}

/** Two hooks that hold each other: neither comes loose without the other. */
export function Mark({ size = 24, className }: MarkProps) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32" fill="none" stroke="currentColor" strokeWidth="3.9" strokeLinecap="round" className={`shrink-0 ${className ?? ""}`}>
      <g transform="rotate(45 16 16)">
        <path d="M6.4 25.2V12.6a6.1 6.1 0 0 1 12.2 0v7" />
        <path d="M25.6 6.8v12.6a6.1 6.1 0 0 1-12.2 0v-7" opacity="0.62" />
      </g>
    </svg>
  );
}

/** Mark and name. */
export function Wordmark({ size = 26, className }: MarkProps) {
  return (
    <span className={`inline-flex items-center gap-2 ${className ?? ""}`}>
      <Mark size={size} className="text-accent" />
      <span className="font-serif text-[1.1875rem] font-semibold leading-none tracking-[-0.015em] text-ink">Handshake</span>
    </span>
  );
}
