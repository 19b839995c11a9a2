import type { Metadata } from "next";
import { randomUUID } from "node:crypto";
import { cache } from "react";
import { Report } from "@/components/report/report";
import { courseQuery, listQuery, type CourseQuery } from "@/lib/contract/report";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { showReport } from "@/lib/usecases/show-report";

type Props = { params: Promise<{ key: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string, before: number | null, days: number, course: CourseQuery["course"]) =>
  show(showReport(await requireStaff(`/studio/reports/uses/${key}`), "use", key, before, { days, course })),
);

async function loadFor({ params, searchParams }: Props) {
  const [{ key }, query] = await Promise.all([params, searchParams]);
  const [{ before }, { days, course }] = [listQuery.parse(query), courseQuery.parse(query)];
  return { view: await load(key, before ?? null, days, course), first: before === undefined };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `${(await loadFor(props)).view.subject.name}: report` };
}

export default async function UseReportPage(props: Props) {
  const { view, first } = await loadFor(props);
  return <Report view={view} request={randomUUID()} first={first} />;
}
