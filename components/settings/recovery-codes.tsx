import { CopyButton } from "@/components/ui/copy-button";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";

/** Shown this once: the shop keeps only what it needs to recognise them. */
export function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  return (
    <Panel as="section" aria-labelledby="codes">
      <PanelHead
        id="codes"
        title="Your recovery codes"
        aside={<CopyButton text={codes.join("\n")} label="Copy all" />}
      />
      <PanelBody className="grid gap-4">
        <p role="status">
          Keep these where your phone is not: on paper, or in a password manager. Each opens your account once
          without the app. They are not shown again.
        </p>
        <ul className="grid gap-x-8 gap-y-1 font-mono text-sm tabular-nums sm:grid-cols-2">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </PanelBody>
    </Panel>
  );
}
