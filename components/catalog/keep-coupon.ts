import { refreshViewer } from "@/components/layout/viewer-store";
import { showToast } from "@/components/ui/toast";

/**
 * Keeps the code of a coupon link for this browser's cart, and says so unless the page shows it. Whether it exists is not
 * told.
 */
export async function keepCoupon(code: string, isShown: boolean): Promise<void> {
  const status = await postCode(code);
  if (status === 200) {
    if (!isShown) showToast({ message: `The code ${code} is kept for your cart.` });
    await refreshViewer();
  } else if (status === 429) {
    const message = "Too many codes were tried. Wait a few minutes, then open the link again.";
    showToast({ tone: "warning", message });
  } else {
    const message =
      status === 400
        ? "The coupon in this link is not one of this shop’s codes."
        : "The coupon could not be kept. Open the link again.";
    showToast({ tone: "warning", message });
  }
}

/** The answer's status, 0 when there was none. */
async function postCode(code: string): Promise<number> {
  const headers = { "Content-Type": "application/json" };
  try {
    return (await fetch("/api/coupon", { method: "POST", headers, body: JSON.stringify({ code }) })).status;
  } catch {
    return 0;
  }
}
