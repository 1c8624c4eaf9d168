import { z } from "zod";

/** Made by the page: pressed twice it is one mail. */
export const testMailInput = z.object({ test: z.uuid() });

export type TestMailRejection = "throttled";
