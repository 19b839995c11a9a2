import { notFound, redirect } from "next/navigation";
import { pathNumber } from "@/lib/contract/policy";
import { show } from "@/lib/delivery/web/page";
import { comparisonPath } from "@/lib/delivery/web/policy-paths";
import { readPublicPolicy } from "@/lib/usecases/read-public-policy";

type Props = { params: Promise<{ key: string }>; searchParams: Promise<{ from?: string | string[]; to?: string | string[]; view?: string | string[] }> };

/** Leads from the choice of two versions to the stable address of their difference. */
export default async function ChosenComparison({ params, searchParams }: Props) {
  const [{ key }, query] = [await params, await searchParams];
  await show(readPublicPolicy({ key }));
  const [from, to] = [pathNumber.safeParse(query.from).data, pathNumber.safeParse(query.to).data];
  if (from === undefined || to === undefined) notFound();
  redirect(`${comparisonPath(key, from, to)}${query.view === "side" ? "?view=side" : ""}`);
}
