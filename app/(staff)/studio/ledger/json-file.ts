import { attachment } from "@/lib/delivery/web/attachment";

/** A JSON file to keep, written for people too. */
export function jsonFile(filename: string, content: object): Response {
  return new Response(`${JSON.stringify(content, null, 2)}\n`, { headers: attachment(filename, "application/json; charset=utf-8") });
}
