import type { Metadata } from "next";
import { randomUUID } from "node:crypto";
import { Report } from "@/components/report/report";
import { courseQuery, listQuery } from "@/lib/contract/report";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { showReport } from "@/lib/usecases/show-report";

export const metadata: Metadata = { title: "Report about a policy" };

type Params = Promise<{ key: string }>;
type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function PolicyReportPage({ params, searchParams }: { params: Params; searchParams: Query }) {
  const [{ key }, query] = await Promise.all([params, searchParams]);
  const staff = await requireStaff(`/studio/reports/policies/${key}`);
  const { before } = listQuery.parse(query);
  const view = await show(showReport(staff, "policy", key, before ?? null, courseQuery.parse(query)));
  return <Report view={view} request={randomUUID()} first={before === undefined} />;
}
