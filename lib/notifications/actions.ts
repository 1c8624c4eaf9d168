"use server";

import { z } from "zod";
import { publicAction } from "@/lib/action";
import { err, ok, type Result } from "@/lib/result";
import { unsubscribe } from "./mutations";
import { readUnsubscribeToken } from "./unsubscribe";

const tokenInput = z.object({ token: z.string().max(200) });

/** Switches a group of mails off, for who has one of its mails, signed in or not. */
export const unsubscribeAction = publicAction(
  tokenInput,
  async (_viewer, { token }): Promise<Result<undefined, "unknown_link">> => {
    const named = readUnsubscribeToken(token);
    return named && (await unsubscribe(named.userId, named.group)) ? ok() : err("unknown_link");
  },
);
