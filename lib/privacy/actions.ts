"use server";

import { refresh } from "next/cache";
import { learnerAction } from "@/lib/action";
import { checkOwnPassword } from "@/lib/identity/mutations";
import { ok, type Result } from "@/lib/result";
import { planDeletion, requestExport, undoDeletion } from "./mutations";
import {
  confirmedInput,
  type DeletionRejection,
  deleteAccountInput,
  type ExportRejection,
  undoInput,
} from "./schema";

/** Asks for a copy of the viewer's data, which the worker packs. */
export const requestExportAction = learnerAction(
  confirmedInput,
  async (viewer, { password }): Promise<Result<undefined, ExportRejection>> => {
    const checked = await checkOwnPassword(viewer.userId, password);
    if (!checked.ok) return checked;
    await requestExport(viewer.userId);
    refresh();
    return ok();
  },
);

/** Plans the deletion of the viewer's account. */
export const deleteAccountAction = learnerAction(
  deleteAccountInput,
  async (viewer, { password }): Promise<Result<undefined, DeletionRejection>> => {
    const checked = await checkOwnPassword(viewer.userId, password);
    if (!checked.ok) return checked;
    const planned = await planDeletion(viewer, new Date());
    refresh();
    return planned;
  },
);

/** Keeps the viewer's account after all. */
export const undoDeletionAction = learnerAction(
  undoInput,
  async (viewer): Promise<Result<undefined, never>> => {
    await undoDeletion(viewer, new Date());
    refresh();
    return ok();
  },
);
