import { cartMessages } from "@/components/catalog/buy-messages";
import type { CommonRejection } from "@/lib/action";
import type { WishlistProblem } from "@/lib/wishlist/schema";

/** What each refusal means to the reader; a missing one does not compile. */
export const wishMessages: Readonly<Record<WishlistProblem | CommonRejection, string>> = {
  ...cartMessages,
  wishlist_full: "Your wishlist is full. Take a course off it first.",
};
