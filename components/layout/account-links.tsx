import { Link } from "@/components/ui/link";
import { menuItem } from "./menu-item";

/** The reader's own pages, as lines of the header's menus. */
export default function AccountLinks({ role }: { readonly role: string }) {
  return (
    <>
      <Link href="/account" prefetch={false} className={menuItem}>
        Overview
      </Link>
      <Link href="/account/courses" prefetch={false} className={menuItem}>
        My courses
      </Link>
      <Link href="/account/wishlist" prefetch={false} className={menuItem}>
        Wishlist
      </Link>
      <Link href="/account/orders" prefetch={false} className={menuItem}>
        Orders
      </Link>
      <Link href="/account/settings" prefetch={false} className={menuItem}>
        Settings
      </Link>
      {role === "admin" || role === "support" ? (
        <Link href="/admin" prefetch={false} className={menuItem}>
          Admin
        </Link>
      ) : null}
    </>
  );
}
