import { Monitor, Smartphone } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/date-time";
import { PostForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { describeDevice } from "@/lib/identity/describe-device";
import { endOtherSessionsAction, endSessionAction } from "@/lib/settings/actions";
import type { ListedSession } from "@/lib/settings/queries";

type Props = { readonly sessions: readonly ListedSession[]; readonly current: string };

/** Every browser that is signed in, with a button to end its session. This one signs out in the header's menu. */
export function Sessions({ sessions, current }: Props) {
  return (
    <div className="grid gap-4">
      <ul className="border-t border-hairline">
        {sessions.map((session) => (
          <SessionLine key={session.id} session={session} isHere={session.id === current} />
        ))}
      </ul>
      {sessions.length > 1 ? (
        <PostForm action={endOtherSessionsAction}>
          <SubmitButton busyLabel="Ending them">End all other sessions</SubmitButton>
        </PostForm>
      ) : null}
    </div>
  );
}

function SessionLine({ session, isHere }: { readonly session: ListedSession; readonly isHere: boolean }) {
  const device = describeDevice(session.userAgent);
  const Icon = /iPhone|iPad|Android/.test(device) ? Smartphone : Monitor;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-hairline py-3">
      <Icon className="text-ink-muted" />
      <div className="min-w-0 flex-1 basis-40">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {device} {isHere ? <Badge tone="accent">This device</Badge> : null}
        </p>
        <p className="text-sm text-ink-muted">
          {session.addressPrefix ? `${session.addressPrefix} · ` : ""}
          since <DateTime at={session.createdAt} format="date" />, last seen{" "}
          <DateTime at={session.lastSeenAt} format="short" />
        </p>
      </div>
      {isHere ? null : (
        <PostForm action={endSessionAction}>
          <input type="hidden" name="session" value={session.id} />
          <SubmitButton busyLabel="Ending" aria-label={`End the session of ${device}`}>
            End
          </SubmitButton>
        </PostForm>
      )}
    </li>
  );
}
