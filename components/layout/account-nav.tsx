import {
  BookOpen,
  ChartColumn,
  CreditCard,
  Gift,
  Heart,
  LayoutDashboard,
  NotebookPen,
  ReceiptText,
  Settings,
} from "lucide-react";
import { SideNav, type SideNavItem } from "./side-nav";

const account: readonly SideNavItem[] = [
  { href: "/account", label: "Overview", icon: <LayoutDashboard />, exact: true },
  { href: "/account/courses", label: "My courses", icon: <BookOpen /> },
  { href: "/account/progress", label: "Progress", icon: <ChartColumn /> },
  { href: "/account/notes", label: "Notes", icon: <NotebookPen /> },
  { href: "/account/wishlist", label: "Wishlist", icon: <Heart /> },
  { href: "/account/gifts", label: "Gifts", icon: <Gift /> },
  { href: "/account/orders", label: "Orders", icon: <ReceiptText /> },
  { href: "/account/billing", label: "Billing", icon: <CreditCard /> },
  { href: "/account/settings", label: "Settings", icon: <Settings /> },
];

/** Side navigation of the account. */
export function AccountNav() {
  return <SideNav label="Account" items={account} />;
}
