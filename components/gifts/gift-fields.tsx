import type { FieldProblem } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/field";
import { TextAreaField } from "@/components/ui/text-area";
import { MAX_MESSAGE } from "@/lib/gifts/limits";

/** Days of the buyer's calendar between which a gift can be sent, and the zone of that calendar. */
export type Calendar = { readonly today: string; readonly last: string; readonly zone: string };

export type GiftValues = {
  readonly email?: string | undefined;
  readonly message?: string | undefined;
  readonly deliverOn?: string | undefined;
};

type Props = {
  /** Makes the ids unique where a page has several of these. */
  readonly prefix?: string;
  readonly values: GiftValues;
  readonly problems: readonly FieldProblem[];
  /** Null once the gift is sent: its day is over. */
  readonly calendar: Calendar | null;
};

/** For whom, with which words, and when. */
export function GiftFields({ prefix = "", values, problems, calendar }: Props) {
  const field = (name: keyof GiftValues) => {
    const error = problems.find((problem) => problem.field === name)?.message;
    return { id: `${prefix}${name}`, name, defaultValue: values[name] ?? "", ...(error ? { error } : {}) };
  };
  return (
    <>
      <TextField
        {...field("email")}
        label="Their e-mail address"
        help="We write to it about this gift only, and forget it after 90 days."
        type="email"
        inputMode="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={254}
      />
      <TextAreaField
        {...field("message")}
        label="Your words (optional)"
        help={`At most ${MAX_MESSAGE} characters. Links in them cannot be pressed.`}
        maxLength={MAX_MESSAGE}
      />
      {calendar ? (
        <TextField
          {...field("deliverOn")}
          label="Send it on (optional)"
          help={`In the morning of that day, by your clock (${calendar.zone}). Empty: as soon as it is paid.`}
          type="date"
          min={calendar.today}
          max={calendar.last}
          autoComplete="off"
        />
      ) : null}
    </>
  );
}
