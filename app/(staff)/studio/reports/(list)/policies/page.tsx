import type { Metadata } from "next";
import { randomUUID } from "node:crypto";
import { ReportList } from "@/components/report/report-list";
import { listQuery } from "@/lib/contract/report";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { listReports } from "@/lib/usecases/show-report-list";

export const metadata: Metadata = { title: "Reports about policies" };

export default async function PolicyReportsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const staff = await requireStaff("/studio/reports/policies");
  const { after } = listQuery.parse(await searchParams);
  const view = await show(listReports(staff, "policy", after ?? null));
  return <ReportList view={view} request={randomUUID()} first={after === undefined} />;
}
