import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { Problem } from "../../sandbox/problem";

export type Arguments = {
  readonly histories: number;
  readonly seed: number;
  readonly verbose: boolean;
  readonly sabotage: boolean;
  /** Of sabotages: only those whose name matches this. */
  readonly only: string | undefined;
  /** A file for how many histories passed and failed. */
  readonly report: string | undefined;
};

/** @throws Problem for an option that is none. */
export function readArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        histories: { type: "string", default: "500" },
        seed: { type: "string" },
        verbose: { type: "boolean", default: false },
        sabotage: { type: "boolean", default: false },
        only: { type: "string" },
        report: { type: "string" },
      },
    });
    return {
      histories: wholeNumber("--histories", values.histories),
      seed: values.seed === undefined ? randomInt(1, 1_000_000_000) : wholeNumber("--seed", values.seed),
      verbose: values.verbose,
      sabotage: values.sabotage,
      only: values.only,
      report: values.report,
    };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(error instanceof Error ? error.message : "These options are none.");
  }
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Problem(`${name} takes a whole number above 0.`);
}
