import { Badge } from '@repo/ui/badge';
import { RelativeTime } from '@repo/ui/time';
import type { OutboxMail } from '../../lib/trpc.ts';

const STATES = {
  pending: { word: 'Waiting', tone: 'info' },
  sent: { word: 'Sent', tone: 'success' },
  failed: { word: 'Failed', tone: 'danger' },
  kept: { word: 'Kept here', tone: 'neutral' },
} as const;

export function MailState({ state }: { state: OutboxMail['state'] }) {
  const { word, tone } = STATES[state];
  return <Badge tone={tone}>{word}</Badge>;
}

export function OutboxRow({ mail, onOpen }: { mail: OutboxMail; onOpen: () => void }) {
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
