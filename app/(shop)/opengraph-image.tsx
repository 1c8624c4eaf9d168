import { SOCIAL_SIZE, socialImage } from "@/components/catalog/social-image";

export const dynamic = "force-static";

export const size = SOCIAL_SIZE;
export const contentType = "image/png";
export const alt = "A cover drawn by the shop’s program";

/** What a link to the shop shows elsewhere. */
export default function ShopImage() {
  return socialImage("general", "lectern");
}
