/**
 * Many texts begin with their own title as a heading. Where the page shows the title already, that heading stays for
 * its address and for those who read by ear, and is not seen twice.
 */
export const hideRepeatedTitle = "[&>:first-child]:sr-only [&>:first-child+*]:mt-0";

export function repeatsTitle(heading: string | null | undefined, title: string): boolean {
  return heading?.trim().toLowerCase() === title.trim().toLowerCase();
}
