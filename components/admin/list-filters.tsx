import { clsx } from "clsx";
import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";

type Choice = {
  readonly label: string;
  readonly name: string;
  readonly chosen: string | undefined;
  /** What nothing chosen is called. */
  readonly unset: string;
  /** Values and their names, in order. */
  readonly options: readonly (readonly [value: string, name: string])[];
};

type Props = {
  /** The list's own address. */
  readonly action: string;
  readonly typed: string | undefined;
  readonly placeholder: string;
  readonly choices?: readonly Choice[];
  /** Asks for days too; whose midnights they begin at is said beneath. */
  readonly days?: {
    readonly from: string | undefined;
    readonly to: string | undefined;
    readonly zone: string;
  };
  /** What else of the address stays. */
  readonly kept?: Readonly<Record<string, string | undefined>>;
};

/** Search and filters above a list: a plain form whose state is the address. */
export function ListFilters({ action, typed, placeholder, choices = [], days, kept = {} }: Props) {
  const press = (
    <Button type="submit" className="max-sm:col-span-2 max-sm:w-full">
      Filter
    </Button>
  );
  return (
    <search>
      <form action={action} className={clsx("flex flex-wrap items-end gap-3", days ? "mb-2" : "mb-6")}>
        {Object.entries(kept).map(([name, value]) =>
          value ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
        <div className="min-w-0 flex-1 basis-60">
          <TextField
            label="Search"
            name="q"
            type="search"
            defaultValue={typed ?? ""}
            placeholder={placeholder}
            icon={<Search />}
            autoComplete="off"
          />
        </div>
        {choices.map(({ label, name, chosen, unset, options }) => (
          <div key={name} className="min-w-0 flex-1 basis-44">
            <SelectField label={label} name={name} defaultValue={chosen ?? ""}>
              <option value="">{unset}</option>
              {options.map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </SelectField>
          </div>
        ))}
        {days ? (
          <div className="grid basis-full grid-cols-2 items-end gap-3 sm:flex">
            <TextField label="From" name="from" type="date" defaultValue={days.from} />
            <TextField label="To" name="to" type="date" defaultValue={days.to} />
            {press}
          </div>
        ) : (
          press
        )}
      </form>
      {days ? (
        <p className="mb-6 text-xs text-ink-muted">
          Days begin at midnight in {days.zone.replaceAll("_", " ")}.
        </p>
      ) : null}
    </search>
  );
}
