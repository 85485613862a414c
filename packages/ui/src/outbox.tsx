'use client';

import { Mails } from 'lucide-react';
import type { ReactNode } from 'react';
import { Alert } from './alert.tsx';
import { Badge } from './badge.tsx';
import { Button } from './button.tsx';
import { Dialog, DialogBody, DialogContent, DialogFooter } from './dialog.tsx';
import { EmptyState } from './empty-state.tsx';
import { PageHeader } from './page-header.tsx';
import { Skeleton } from './skeleton.tsx';
import { DateTime, RelativeTime } from './time.tsx';

export type OutboxMail = {
  id: string;
  recipient: string;
  subject: string;
  state: 'pending' | 'sent' | 'failed' | 'kept';
  attempts: number;
  problem: string | null;
  createdAt: Date | string;
};

const STATES = {
  pending: { word: 'Waiting', tone: 'info' },
  sent: { word: 'Sent', tone: 'success' },
  failed: { word: 'Failed', tone: 'danger' },
  kept: { word: 'Kept here', tone: 'neutral' },
} as const;

function MailState({ state }: { state: OutboxMail['state'] }) {
  const { word, tone } = STATES[state];
  return <Badge tone={tone}>{word}</Badge>;
}

type Props = {
  /** Undefined while they are loaded. */
  mails: readonly OutboxMail[] | undefined;
  /** False when nothing leaves this server. */
  isMailed: boolean | undefined;
  /** The one thing to do while there are none. */
  emptyAction: ReactNode;
  /** Left out when there are no more. */
  onMore?: (() => void) | undefined;
  busy: boolean;
  onOpen: (mailId: string) => void;
};

/** All mails of an installation, for its admins. */
export function Outbox({ mails, isMailed, emptyAction, onMore, busy, onOpen }: Props) {
  return (
    <>
      <PageHeader title="Outbox" description="The mails of this server; kept for 30 days." />
      {isMailed === false ? (
        <Alert tone="info">
          No mail server is set up, so mails go nowhere but here. Links in them let people in: pass
          them on to nobody else. Set SMTP_URL and SMTP_FROM to have them sent.
        </Alert>
      ) : null}
      {mails === undefined ? (
        <div aria-busy="true">
          <Skeleton className="h-96 rounded-lg" />
        </div>
      ) : mails.length === 0 ? (
        <EmptyState
          icon={<Mails />}
          title="No mails yet"
          description="Invitations, password links and notifications appear here."
          action={emptyAction}
          className="rounded-lg border"
        />
      ) : (
        <ul className="divide-y rounded-lg border bg-card">
          {mails.map((mail) => (
            <OutboxRow key={mail.id} mail={mail} onOpen={() => onOpen(mail.id)} />
          ))}
        </ul>
      )}
      {onMore ? (
        <Button className="self-center" busy={busy} onClick={onMore}>
          Older mails
        </Button>
      ) : null}
    </>
  );
}

function OutboxRow({ mail, onOpen }: { mail: OutboxMail; onOpen: () => void }) {
  return (
    <li className="relative flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 hover:bg-hover">
      <div className="min-w-0 flex-1 basis-64">
        <button
          type="button"
          onClick={onOpen}
          className="block max-w-full truncate text-left font-medium text-sm after:absolute after:inset-0"
        >
          {mail.subject}
        </button>
        <p className="truncate text-muted-foreground text-sm">{mail.recipient}</p>
        {mail.problem !== null && mail.state !== 'sent' ? (
          <p className="truncate text-danger text-sm">{mail.problem}</p>
        ) : null}
      </div>
      <MailState state={mail.state} />
      <span className="w-24 text-right text-muted-foreground text-sm max-sm:w-auto">
        <RelativeTime value={mail.createdAt} />
      </span>
    </li>
  );
}

export type OpenMail = OutboxMail & {
  /** Null for what is its reader's alone. */
  content: { html: string; text: string } | null;
};

type DialogProps = {
  /** Undefined while it is loaded. */
  mail: OpenMail | undefined;
  /** Why it did not come. */
  error: string | undefined;
  sending: boolean;
  onSendAgain: () => void;
  onClose: () => void;
};

export function MailDialog({ mail, error, sending, onSendAgain, onClose }: DialogProps) {
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        className="max-w-2xl"
        title={mail?.subject ?? 'Mail'}
        description={mail ? `To ${mail.recipient}` : undefined}
      >
        <DialogBody className="pb-5">
          {error !== undefined ? (
            <Alert tone="danger">{error}</Alert>
          ) : mail ? (
            <>
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted-foreground text-sm">
                <MailState state={mail.state} />
                <DateTime value={mail.createdAt} />
                {mail.attempts > 0 ? <span>Tries: {mail.attempts}</span> : null}
              </p>
              {mail.problem === null ? null : <Alert tone="danger">{mail.problem}</Alert>}
              <Content content={mail.content} />
            </>
          ) : (
            <Skeleton className="h-96 rounded-lg" />
          )}
        </DialogBody>
        {mail?.state === 'failed' ? (
          <DialogFooter>
            <Button variant="primary" busy={sending} onClick={onSendAgain}>
              Send again
            </Button>
          </DialogFooter>
        ) : null}
      </DialogContent>
    </Dialog>
  );
}

/** In a frame without scripts and without our origin; its links open beside this page. */
function Content({ content }: Pick<OpenMail, 'content'>) {
  if (content === null) {
    return (
      <p className="text-muted-foreground text-sm">
        What it says is for its reader alone, and is not shown here.
      </p>
    );
  }
  return (
    <iframe
      title="The mail"
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      srcDoc={content.html.replace('<head>', '<head><base target="_blank">')}
      className="h-[60vh] w-full rounded-lg border bg-white"
    />
  );
}
