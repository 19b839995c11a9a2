// Run by `npm start` in a process of its own: when nobody can sign in yet, sends back the link for the first admin.
import { closeDatabase } from "@/lib/data/client";
import { inviteFirstAdmin } from "@/lib/usecases/invite-first-admin";

const invitation = await inviteFirstAdmin();
await closeDatabase();
process.send?.(invitation ?? {});
