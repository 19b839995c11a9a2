/** What a file to keep is sent with: saved under its name, never shown in place, never kept on the way. */
export const attachment = (filename: string, type: string): HeadersInit => ({
  "content-type": type,
  "content-disposition": `attachment; filename="${filename}"`,
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
});
