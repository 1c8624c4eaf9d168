import { CopyButton } from "@/components/ui/copy-button";
import { PostForm } from "@/components/ui/form";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { SubmitButton } from "@/components/ui/submit-button";
import { endShareAction, renewShareAction } from "@/lib/wishlist/actions";

/** The link to the list: made, copied, replaced, ended. `address` is null while there is none. */
export function ShareWishlist({ address }: { readonly address: string | null }) {
  return (
    <Panel as="section" aria-labelledby="share" className="mt-10">
      <PanelHead id="share" title="Share this list" />
      <PanelBody className="space-y-4">
        <p className="text-sm text-ink-soft">
          Whoever has the link sees your name and these courses, nothing else. Search engines are told to keep
          out.
        </p>
        {address === null ? (
          <PostForm action={renewShareAction}>
            <SubmitButton busyLabel="Making the link">Make a link</SubmitButton>
          </PostForm>
        ) : (
          <>
            <div className="flex flex-wrap items-center gap-x-3 rounded-md border border-hairline bg-sunken px-4 py-1 text-sm">
              <a href={address} className="inline-flex min-h-target min-w-0 items-center wrap-anywhere">
                {address}
              </a>
              <CopyButton text={address} label="Copy link" />
            </div>
            <div className="flex flex-wrap gap-3">
              <PostForm action={renewShareAction}>
                <SubmitButton busyLabel="Making a new link">Replace the link</SubmitButton>
              </PostForm>
              <PostForm action={endShareAction}>
                <SubmitButton variant="danger-quiet" busyLabel="Ending the link">
                  End the link
                </SubmitButton>
              </PostForm>
            </div>
            <p className="text-sm text-ink-muted">A link that was replaced or ended no longer works.</p>
          </>
        )}
      </PanelBody>
    </Panel>
  );
}
