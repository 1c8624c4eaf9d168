import { ErrorSummary } from "@/components/ui/error-summary";

type Props = {
  readonly title: string;
  /** Why, when no single field is to blame. */
  readonly text: string;
  readonly fields: Readonly<Record<string, string>> | undefined;
};

/** Above a form after a refusal: each wrong field with a link to it, or the one reason. Key it by the attempt. */
export function FormProblems({ title, text, fields }: Props) {
  const problems = Object.entries(fields ?? {}).map(([field, message]) => ({ field, message }));
  return (
    <ErrorSummary title={title} problems={problems}>
      {problems.length === 0 ? <p>{text}</p> : null}
    </ErrorSummary>
  );
}
