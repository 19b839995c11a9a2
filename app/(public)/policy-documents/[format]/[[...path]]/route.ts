import { pathNumber, policyKey } from "@/lib/contract/policy";
import { documentResponse, isDocumentFormat, missingDocument, type PolicyDocument } from "@/lib/delivery/web/policy-document";
import { comparisonJson, policiesJson, policyJson, versionJson } from "@/lib/delivery/web/policy-json";
import { comparisonMarkdown, policiesMarkdown, versionMarkdown } from "@/lib/delivery/web/policy-markdown";
import { Refusal } from "@/lib/domain/refusal";
import { comparePublicPolicyVersions } from "@/lib/usecases/compare-public-policy-versions";
import { readPublicPolicies } from "@/lib/usecases/read-public-policies";
import { readPublicPolicy } from "@/lib/usecases/read-public-policy";
import { readPublicPolicyVersion } from "@/lib/usecases/read-public-policy-version";

type Context = { params: Promise<{ format: string; path?: string[] }> };

/** The public pages as Markdown and JSON; next.config.js leads `/policies/….md` and `….json` here. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { format, path = [] } = await params;
  if (!isDocumentFormat(format)) return missingDocument("md");
  try {
    const found = await document(path, new URL(request.url).searchParams);
    if (!found) return missingDocument(format);
    const body = format === "json" ? `${JSON.stringify(found.json(), null, 2)}\n` : found.markdown();
    return documentResponse(request, format, { body, lastModified: found.lastModified });
  } catch (error) {
    if (error instanceof Refusal && error.code === "not-found") return missingDocument(format);
    throw error;
  }
}

export const HEAD = GET;

type Found = Pick<PolicyDocument, "lastModified"> & { json(): unknown; markdown(): string };

/** `[]`, `[key]`, `[key, "versions", n]`, `[key, "compare", from, to]`; anything else is nothing. */
async function document(path: readonly string[], query: URLSearchParams): Promise<Found | null> {
  const locale = query.get("locale") ?? undefined;
  const [key, kind, ...numbers] = path;
  if (key === undefined) {
    const list = await readPublicPolicies({ after: policyKey.safeParse(query.get("after")).data });
    return { lastModified: list.lastModified, json: () => policiesJson(list), markdown: () => policiesMarkdown(list) };
  }
  const [first, second, ...rest] = numbers.map((number) => pathNumber.safeParse(number).data);
  if (kind === undefined) {
    const page = await readPublicPolicy({ key, locale, below: pathNumber.safeParse(query.get("before")).data });
    return { lastModified: page.lastModified, json: () => policyJson(page), markdown: () => versionMarkdown(page.policy, page.version) };
  }
  if (kind === "versions" && first !== undefined && numbers.length === 1) {
    const page = await readPublicPolicyVersion({ key, number: first, locale });
    return { lastModified: page.lastModified, json: () => versionJson(page), markdown: () => versionMarkdown(page.policy, page.version) };
  }
  if (kind === "compare" && first !== undefined && second !== undefined && rest.length === 0) {
    const comparison = await comparePublicPolicyVersions({ key, from: first, to: second, locale });
    return { lastModified: comparison.lastModified, json: () => comparisonJson(comparison), markdown: () => comparisonMarkdown(comparison) };
  }
  return null;
}
