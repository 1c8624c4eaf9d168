"use client";

import { useEffect } from "react";
import { refreshViewer } from "./viewer-store";

/** Reads the header's personal part again whenever a server-rendered page shows something newer. */
export function SyncViewer({ seen }: { readonly seen: string }) {
  useEffect(() => void refreshViewer(), [seen]);
  return null;
}
