import {
  BookOpen,
  ChartColumn,
  FileText,
  GraduationCap,
  Landmark,
  LayoutDashboard,
  ReceiptText,
  ScrollText,
  Settings,
  TicketPercent,
  Undo2,
  Users,
} from "lucide-react";
import { SideNav, type SideNavItem } from "@/components/layout/side-nav";
import { ADMIN_ROUTES, roleMay } from "@/lib/permissions";

type AdminItem = SideNavItem & { readonly href: keyof typeof ADMIN_ROUTES };

const items: readonly AdminItem[] = [
  { href: "/admin", label: "Overview", icon: <LayoutDashboard />, exact: true },
  { href: "/admin/orders", label: "Orders", icon: <ReceiptText /> },
  { href: "/admin/documents", label: "Documents", icon: <FileText /> },
  { href: "/admin/refund-requests", label: "Refund requests", icon: <Undo2 /> },
  { href: "/admin/payments", label: "Payments", icon: <Landmark /> },
  { href: "/admin/coupons", label: "Coupons", icon: <TicketPercent /> },
  { href: "/admin/courses", label: "Courses", icon: <BookOpen />, also: "/admin/content" },
  { href: "/admin/enrollments", label: "Enrollments", icon: <GraduationCap /> },
  { href: "/admin/users", label: "Users", icon: <Users /> },
  { href: "/admin/analytics", label: "Analytics", icon: <ChartColumn /> },
  { href: "/admin/audit", label: "Audit log", icon: <ScrollText /> },
  { href: "/admin/settings", label: "Settings", icon: <Settings /> },
];

/** Side navigation of the admin pages: those that the role may open. */
export function AdminNav({ role }: { readonly role: "support" | "admin" }) {
  return <SideNav label="Admin" items={items.filter(({ href }) => roleMay(role, ADMIN_ROUTES[href]))} />;
}
