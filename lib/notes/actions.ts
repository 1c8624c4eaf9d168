"use server";

import { learnerAction } from "@/lib/action";
import { saveNote } from "./mutations";
import { noteInput } from "./schema";

export const saveNoteAction = learnerAction(noteInput, async (viewer, note) => saveNote(viewer.userId, note));
