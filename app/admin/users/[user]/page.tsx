import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { PersonAside } from "@/components/admin/person-aside";
import { PersonStateBadge, RoleBadge } from "@/components/admin/person-badges";
import {
  PersonChanges,
  PersonMails,
  PersonOrders,
  PersonSeats,
  PersonSessions,
} from "@/components/admin/person-records";
import { PageHead } from "@/components/layout/page";
import { BackLink } from "@/components/ui/link-button";
import { requirePermission } from "@/lib/identity/session";
import { findPerson } from "@/lib/people/queries";
import { type Permission, roleMay } from "@/lib/permissions";

export const metadata: Metadata = { title: "User" };

/** One account, with all that staff need to help. */
export default async function UserPage({ params }: PageProps<"/admin/users/[user]">) {
  const staff = await requirePermission("users.see");
  const id = z.uuid().safeParse((await params).user);
  const person = id.success ? await findPerson(staff.userId, id.data) : null;
  if (!person) notFound();
  const isTheirs = person.role === "learner" || staff.role === "admin";
  const may = (permission: Permission) => isTheirs && roleMay(staff.role, permission);
  const rights = {
    help: may("users.help"),
    block: may("users.block"),
    role: may("users.role"),
    erase: may("users.erase"),
  };
  return (
    <>
      <PageHead
        back={<BackLink href="/admin/users">All users</BackLink>}
        title={person.name}
        lead={person.email}
        aside={
          <div className="flex flex-wrap items-center gap-3">
            <RoleBadge role={person.role} />
            <PersonStateBadge state={person.state} />
          </div>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10 xl:grid-cols-[minmax(0,1fr)_18rem] xl:items-start">
        <div>
          <PersonOrders person={person} />
          <PersonSeats person={person} />
          <PersonSessions person={person} mayEnd={rights.help} />
          <PersonMails person={person} />
          <PersonChanges person={person} />
        </div>
        <PersonAside person={person} may={rights} isSelf={person.id === staff.userId} />
      </div>
    </>
  );
}
