import type { Metadata } from "next";
import { randomUUID } from "node:crypto";
import { ReportList } from "@/components/report/report-list";
import { listQuery } from "@/lib/contract/report";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { listReports } from "@/lib/usecases/show-report-list";

export const metadata: Metadata = { title: "Reports" };

export default async function ReportsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const staff = await requireStaff("/studio/reports");
  const { after } = listQuery.parse(await searchParams);
  const view = await show(listReports(staff, "use", after ?? null));
  return <ReportList view={view} request={randomUUID()} first={after === undefined} />;
}
