'use client';

import { Monitor, Smartphone } from 'lucide-react';
import { Badge } from '../badge.tsx';
import { Button } from '../button.tsx';
import { Card, CardHeader } from '../card.tsx';
import { RelativeTime } from '../time.tsx';
import { browserName } from './browser-name.ts';

export type SessionItem = {
  id: string;
  ipAddress: string | null;
  userAgent: string | null;
  createdAt: Date | string;
  lastSeenAt: Date | string;
  isCurrent: boolean;
};

type Props = {
  sessions: readonly SessionItem[];
  onEnd: (sessionId: string) => void;
  onEndOthers: () => void;
  /** The one that is being ended, or `others`. */
  busy: string | undefined;
};

/** Where somebody is signed in. What is ended is a stranger's from its next request on. */
export function SessionsCard({ sessions, onEnd, onEndOthers, busy }: Props) {
  return (
    <Card aria-labelledby="sessions-title">
      <CardHeader
        titleId="sessions-title"
        title="Sessions"
        description="Where you are signed in. End what you do not recognize, and change your password then."
        actions={
          sessions.length > 1 ? (
            <Button busy={busy === 'others'} onClick={onEndOthers}>
              End all others
            </Button>
          ) : null
        }
      />
      <ul className="divide-y border-t">
        {sessions.map((session) => {
          const { name, isPhone } = browserName(session.userAgent);
          const Icon = isPhone ? Smartphone : Monitor;
          return (
            <li key={session.id} className="flex items-center gap-4 px-5 py-3">
              <Icon aria-hidden="true" className="size-5 shrink-0 text-muted-foreground" />
              <div className="min-w-0 flex-1">
                <p className="truncate font-medium text-sm">{name}</p>
                <p className="text-muted-foreground text-sm [overflow-wrap:anywhere]">
                  {session.ipAddress ? `${session.ipAddress} · ` : null}
                  signed in <RelativeTime value={session.createdAt} />
                </p>
              </div>
              {session.isCurrent ? (
                <Badge tone="success">This one</Badge>
              ) : (
                <Button
                  aria-label={`End the session of ${name}`}
                  busy={busy === session.id}
                  onClick={() => onEnd(session.id)}
                >
                  End
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
