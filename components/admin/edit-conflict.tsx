import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { FIELD_NAMES } from "./course-names";
import { DiffView } from "./diff-view";

type Fields = Readonly<Record<string, string>>;

type Props = {
  /** As it was when this reader began. */
  readonly began: Fields;
  /** As somebody else saved it since. */
  readonly saved: Fields;
  /** As it stands in the form. */
  readonly typed: Fields;
  readonly onTake: () => void;
  readonly onKeep: () => void;
};

/** Two editors at once: what the other one changed, what this one did, and whose it is to be. Nothing is lost either way. */
export function EditConflict({ began, saved, typed, onTake, onKeep }: Props) {
  const theirs = Object.keys(saved).filter((field) => saved[field] !== began[field]);
  const both = theirs.filter((field) => typed[field] !== began[field] && typed[field] !== saved[field]);
  return (
    <Notice tone="warning" role="alert" title="Somebody else has saved this in the meantime">
      <p>Nothing of yours was saved yet; what you typed is still below. They changed:</p>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 py-2">
        {theirs.map((field) => (
          <div key={field} className="grid grid-cols-[minmax(0,1fr)] gap-2">
            <p className="font-medium text-ink">{FIELD_NAMES[field] ?? field}</p>
            <DiffView
              label={`${FIELD_NAMES[field] ?? field}: what they changed`}
              before={began[field] ?? ""}
              after={saved[field] ?? ""}
            />
            {both.includes(field) ? (
              <>
                <p>And you, against theirs:</p>
                <DiffView
                  label={`${FIELD_NAMES[field] ?? field}: yours against theirs`}
                  before={saved[field] ?? ""}
                  after={typed[field] ?? ""}
                />
              </>
            ) : null}
          </div>
        ))}
      </div>
      <div className="flex flex-wrap gap-2 pt-1">
        <Button onClick={onTake}>Take what is saved</Button>
        <Button onClick={onKeep}>Keep mine, to save it over theirs</Button>
      </div>
    </Notice>
  );
}
