import { ImageResponse } from "next/og";
import { COVER_SHAPES, coverSvg } from "@/lib/catalog/cover";

export const SOCIAL_SIZE = COVER_SHAPES.social;

/** A cover as a PNG for other sites' previews. They know nothing of our theme, so the light colours are written out. */
export function socialImage(type: string, slug: string): ImageResponse {
  const svg = coverSvg(type, slug, { shape: "social" }).replace(/var\([^,()]+,\s*([^()]+)\)/g, "$1");
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  return new ImageResponse(<img src={source} alt="" {...SOCIAL_SIZE} />, SOCIAL_SIZE);
}
