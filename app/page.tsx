import { connection } from "next/server";
import { ArrowRight, KeyRound, ScrollText, UserRound } from "lucide-react";
import { PublicFrame } from "@/components/shell/public-frame";
import { Icon } from "@/components/ui/icon";
import { showOrganisation } from "@/lib/usecases/show-organisation";

const doors = [
  { href: "/policies", icon: <ScrollText />, title: "Read the policies", text: "The policies in force, what each one said before, and what changed." },
  { href: "/me", icon: <UserRound />, title: "Your permissions", text: "What is remembered for you, what you allowed, and how to take it back." },
  { href: "/studio", icon: <KeyRound />, title: "Staff studio", text: "Where policies, data uses and prompts are written and published." },
];

/** The calm first page: three doors. */
export default async function StartPage() {
  await connection();
  const { name } = await showOrganisation();
  return (
    <PublicFrame organisation={name} homeHref="/">
      <h1 className="max-w-2xl font-serif text-4xl font-medium tracking-[-0.015em] text-ink sm:text-5xl">What was agreed stays agreed.</h1>
      <p className="measure mt-4 text-lg text-muted">
        {name} remembers things for you only under the terms you said yes to. When the terms change, you are asked again before anything else happens.
      </p>
      <ul className="mt-10 grid gap-4 sm:grid-cols-3">
        {doors.map((door) => (
          <li key={door.href}>
            <a href={door.href} className="group flex h-full flex-col rounded-lg border border-line bg-surface p-5 transition-colors hover:border-line-strong hover:bg-hover">
              <Icon className="self-start text-accent">{door.icon}</Icon>
              <span className="mt-3 flex items-center gap-1.5 font-medium text-ink">
                {door.title}
                <Icon size="sm" className="text-faint transition-transform group-hover:translate-x-0.5"><ArrowRight /></Icon>
              </span>
              <span className="mt-1 text-sm text-muted">{door.text}</span>
            </a>
          </li>
        ))}
      </ul>
    </PublicFrame>
  );
}
