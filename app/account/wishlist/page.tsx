import type { Metadata } from "next";
import { PageHead } from "@/components/layout/page";
import { SyncViewer } from "@/components/layout/sync-viewer";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState, OpenBook } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { wishMessages } from "@/components/wishlist/messages";
import { ShareWishlist } from "@/components/wishlist/share-wishlist";
import { WishLines } from "@/components/wishlist/wish-lines";
import { findCartOwner } from "@/lib/cart/owner";
import { findTitle } from "@/lib/cart/queries";
import { courseSlug } from "@/lib/cart/schema";
import { env } from "@/lib/env";
import { findViewer } from "@/lib/identity/session";
import { findShare, listWishes, type Wish } from "@/lib/wishlist/queries";
import type { WishlistProblem } from "@/lib/wishlist/schema";

export const metadata: Metadata = { title: "Wishlist" };

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/** A learner's wishes, or those of this browser: nobody must sign in to wish. */
export default async function WishlistPage({ searchParams }: PageProps<"/account/wishlist">) {
  const params = await searchParams;
  const viewer = await findViewer();
  const [wishes, share] = await Promise.all([
    findCartOwner(viewer).then(listWishes),
    viewer ? findShare(viewer.userId) : null,
  ]);
  const [removed, moved] = await Promise.all([
    findGone(wishes, first(params.removed)),
    findGone(wishes, first(params.moved)),
  ]);
  const isEmpty = wishes.length === 0;
  return (
    <>
      <PageHead title="Wishlist" />
      <SyncViewer seen={wishes.map((wish) => `${wish.slug} ${wish.state}`).join()} />
      <div className="mb-6 space-y-3 empty:hidden">
        <Problem code={first(params.problem)} />
        {viewer || isEmpty ? null : <KeptInThisBrowser />}
      </div>
      {isEmpty && !removed && !moved ? null : <WishLines wishes={wishes} removed={removed} moved={moved} />}
      {isEmpty ? <NoWishes /> : null}
      {viewer && (share !== null || !isEmpty) ? (
        <ShareWishlist address={share && `${env().APP_URL}/wishlists/${share}`} />
      ) : null}
    </>
  );
}

/** A course that just left the list, for the words in its place. */
async function findGone(wishes: readonly Wish[], slug: string | undefined) {
  const named = courseSlug.safeParse(slug);
  if (!named.success || wishes.some((wish) => wish.slug === named.data)) return null;
  const title = await findTitle(named.data);
  return title ? { slug: named.data, title } : null;
}

function Problem({ code }: { readonly code: string | undefined }) {
  if (code === undefined || !Object.hasOwn(wishMessages, code)) return null;
  return <Notice tone="danger" role="alert" title={wishMessages[code as WishlistProblem]} />;
}

function KeptInThisBrowser() {
  return (
    <Notice title="This list is kept in this browser">
      <p>
        <Link href="/sign-in?returnTo=/account/wishlist" prefetch={false}>
          Sign in
        </Link>{" "}
        to have it on all your devices.
      </p>
    </Notice>
  );
}

function NoWishes() {
  return (
    <Panel dashed className="mt-6">
      <EmptyState
        title="Nothing on your wishlist"
        figure={<OpenBook />}
        action={
          <ButtonLink href="/courses" variant="primary">
            Browse the courses
          </ButtonLink>
        }
      >
        Press the heart on a course to keep it here. You will see when its price changes.
      </EmptyState>
    </Panel>
  );
}
