import { notFound } from "next/navigation";

/** Addresses beneath `/admin` that no page answers: missing as any other, inside the desk's frame for who has one. */
export default function MissingPage() {
  notFound();
}
