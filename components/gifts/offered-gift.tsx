import type { Route } from "next";
import type { ReactNode } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { PostForm } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { keepGiftLinkAction } from "@/lib/gifts/actions";
import type { OfferedGift } from "@/lib/gifts/queries";
import { ClaimForm } from "./claim-form";

type Props = {
  readonly gift: OfferedGift;
  /** In the address; null when this browser kept the link. */
  readonly token: string | null;
  /** Null for somebody who is not signed in. */
  readonly viewer: { readonly email: string; readonly hasCourse: boolean } | null;
};

/** What can be done with a gift now: accept it, sign in for it, open its course, or nothing, and why. */
export function OfferedGiftActions({ gift, token, viewer }: Props) {
  if (gift.state === "claimed" && gift.isMine) {
    return (
      <Said title="It is yours">
        <GoToCourse slug={gift.slug} />
      </Said>
    );
  }
  switch (gift.state) {
    case "claimed":
      return (
        <Said title="Somebody has accepted this gift">
          Each gift is for one person, and this one has found its owner.
        </Said>
      );
    case "returned":
    case "ended":
      return (
        <Said title="This gift was taken back">
          What was paid for it has been returned, so there is nothing to accept any more.
        </Said>
      );
    case "paused":
      return (
        <Said title="This gift has to wait">
          Its payment is being looked at. The link stays good: try again in a few days.
        </Said>
      );
    default:
      return viewer ? <Accept gift={gift} token={token} viewer={viewer} /> : <SignInFirst token={token} />;
  }
}

function Accept({ gift, token, viewer }: Props & { readonly viewer: NonNullable<Props["viewer"]> }) {
  if (viewer.hasCourse) {
    return (
      <Said title="You have this course already">
        <p>
          So nothing was used up. Pass the e-mail on to somebody who would like the course: its link works
          until it is accepted. Or tell {gift.from ?? "who gave it"}, who may have it refunded.
        </p>
        <GoToCourse slug={gift.slug} />
      </Said>
    );
  }
  return (
    <>
      <ClaimForm token={token} />
      <p className="mt-3 text-sm wrap-anywhere text-ink-muted">
        It is added to the account of {viewer.email}. Nothing is to be paid.
      </p>
    </>
  );
}

/** The link waits in a cookie, not in an address, while they are away. */
function SignInFirst({ token }: { readonly token: string | null }) {
  if (token === null) return null;
  return (
    <>
      <PostForm action={keepGiftLinkAction} className="grid gap-3">
        <input type="hidden" name="token" value={token} />
        <Button type="submit" name="to" value="sign-up" variant="primary" size="large" block>
          Create an account and accept
        </Button>
        <Button type="submit" name="to" value="sign-in" size="large" block>
          Sign in and accept
        </Button>
      </PostForm>
      <p className="mt-3 text-sm text-ink-muted">
        A course needs somebody to remember where you stopped: a name, an address and a password are enough.
        Nothing is to be paid, and you come straight back here.
      </p>
    </>
  );
}

function Said({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Notice title={title}>
      <div className="space-y-3 pt-1">{children}</div>
    </Notice>
  );
}

function GoToCourse({ slug }: { readonly slug: string }) {
  return (
    <ButtonLink href={`/learn/${slug}` as Route} variant="primary" prefetch={false}>
      Go to course
    </ButtonLink>
  );
}
