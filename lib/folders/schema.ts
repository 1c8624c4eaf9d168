import type { CatalogChange } from "@/lib/catalog/plan-import";
import type { ContentProblem } from "@/lib/catalog/schema";
import type { ChangedText } from "./list-texts";
import type { ArchiveProblem } from "./read-archive";

export type ImportRefusal = ArchiveProblem | "changed_meanwhile" | "foreign_origin";

/** What the shop answers to a ZIP of courses. */
export type ImportAnswer =
  | { readonly kind: "refused"; readonly code: ImportRefusal }
  | { readonly kind: "mistakes"; readonly problems: readonly ContentProblem[] }
  | {
      /** Tried: what it would change, and `seen`, which stands for exactly that. */
      readonly kind: "tried";
      readonly changes: readonly CatalogChange[];
      /** What the changed ones say and would say. */
      readonly texts: readonly ChangedText[];
      readonly seen: string;
    }
  | { readonly kind: "imported"; readonly changes: readonly CatalogChange[] };

/** How large a ZIP may be. */
export const MOST_UPLOADED = 25_000_000;
