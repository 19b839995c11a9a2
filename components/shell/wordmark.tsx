export interface MarkProps {
  /** Pixels. */
  size?: number | undefined;
  className?: string | undefined;
}

/** Two hooks that hold each other: neither comes loose without the other. */
export function Mark({ size = 24, className }: MarkProps) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32" fill="none" stroke="currentColor" strokeWidth="3.2" strokeLinecap="round" className={className}>
      <path d="M3.2 22.4 L12.1 13.5 A5.1 5.1 0 0 1 19.3 20.7 L17.4 22.6" />
      <path d="M28.8 9.6 L19.9 18.5 A5.1 5.1 0 0 1 12.7 11.3 L14.6 9.4" opacity="0.62" />
    </svg>
  );
}

/** Mark and name. */
export function Wordmark({ size = 22, className }: MarkProps) {
  return (
    <span className={`inline-flex items-center gap-2 ${className ?? ""}`}>
      <Mark size={size} className="text-accent" />
      <span className="font-serif text-[1.1875rem] font-semibold leading-none tracking-[-0.015em] text-ink">Handshake</span>
    </span>
  );
}
