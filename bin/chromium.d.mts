/** The program's path, or null when there is none and none can be installed without asking. */
export function findChromium(): string | null;
