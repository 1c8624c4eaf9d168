import { refreshViewer } from "@/components/layout/viewer-store";
import { showToast } from "@/components/ui/toast";
import { setWishAction } from "@/lib/wishlist/actions";
import { wishMessages } from "./messages";

/** Saves a course or takes it off the list, and says so; taking off can be undone. */
export async function setWish(slug: string, title: string, wished: boolean): Promise<void> {
  const form = new FormData();
  form.set("course", slug);
  form.set("wished", wished ? "yes" : "no");
  form.set("stay", "1");
  try {
    const answer = await setWishAction(null, form);
    await refreshViewer();
    if (answer && !answer.ok) showToast({ tone: "warning", message: wishMessages[answer.error.code] });
    else if (wished) showToast({ message: `${title} is on your wishlist.` });
    else
      showToast({
        message: `${title} is off your wishlist.`,
        action: { label: "Undo", run: () => void setWish(slug, title, true) },
      });
  } catch {
    const message = "The shop cannot be reached. Check your connection and try again.";
    showToast({ tone: "warning", message });
  }
}
