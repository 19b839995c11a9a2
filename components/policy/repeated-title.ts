/**
 * Many texts begin with their own title as a heading. Where the page shows the title already, that heading stays for
 * its address and for those who read by ear, and is not seen twice.
 */
export const hideRepeatedTitle = "[&>:is(h2,h3):first-child]:sr-only";

export function repeatsTitle(heading: string | null | undefined, title: string): boolean {
  return heading?.trim().toLowerCase() === title.trim().toLowerCase();
}
