'use client';

import { mainId } from '@repo/ui/app-shell';
import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogTrigger } from '@repo/ui/dialog';
import type { RefusedEdit } from '@repo/ui/local';
import { RelativeTime } from '@repo/ui/time';
import { CircleAlert } from 'lucide-react';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { counted } from '../../lib/listing-status.ts';
import type { Edit } from '../../lib/offline/edits.ts';
import { mayTryAgain } from '../../lib/offline/may-try-again.ts';
import { useRefused } from './outbox.tsx';

/** In the top bar while there are any: a message that went by says nothing to who looked elsewhere. */
export function RefusedChanges() {
  const { list, tryAgain, dismiss } = useRefused();
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  // It lives longer than the page: left open, it would come up by itself with the next refusal.
  if (open && list.length === 0) setOpen(false);
  if (list.length === 0) return null;
  const said = `${counted(list.length, 'change')} not saved`;
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button
          ref={trigger}
          variant="ghost"
          aria-label={said}
          title={said}
          className="px-2 text-danger"
        >
          <CircleAlert />
          <span className="tabular-nums">{list.length}</span>
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Changes that were not saved"
        description="The server did not make them. They are kept in this browser until you dismiss them or sign out."
        className="max-w-xl"
        onCloseAutoFocus={(event) => {
          // Gone with the last of them.
          if (trigger.current) return;
          event.preventDefault();
          document.getElementById(mainId)?.focus({ preventScroll: true });
        }}
      >
        <DialogBody className="pb-5">
          <ul className="divide-y rounded-lg border">
            {list.map((refused) => (
              <Row
                key={refused.id}
                refused={refused}
                onTryAgain={() => tryAgain(refused)}
                onDismiss={() => dismiss(refused.id)}
                onLeave={() => setOpen(false)}
              />
            ))}
          </ul>
        </DialogBody>
        {list.length > 1 ? (
          <DialogFooter>
            <Button onClick={() => dismiss(...list.map(({ id }) => id))}>Dismiss all</Button>
          </DialogFooter>
        ) : null}
      </DialogContent>
    </Dialog>
  );
}

type RowProps = {
  refused: RefusedEdit<Edit>;
  onTryAgain: () => void;
  onDismiss: () => void;
  onLeave: () => void;
};

function Row({ refused, onTryAgain, onDismiss, onLeave }: RowProps) {
  const { edit, reason, at } = refused;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-3.5 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-56 [overflow-wrap:anywhere]">
        <p className="font-medium">{edit.failed}</p>
        <p className="mt-0.5 text-muted-foreground">{reason}</p>
        <p className="mt-1 flex gap-3 text-muted-foreground text-xs">
          <RelativeTime value={new Date(at)} />
          {edit.listingId === null ? null : (
            <Link href={`/listings/${edit.listingId}`} onClick={onLeave} className="underline">
              Open the listing
            </Link>
          )}
        </p>
      </div>
      <div className="flex gap-2">
        {mayTryAgain(refused.code) ? (
          <Button size="sm" aria-label={`Try again: ${edit.failed}`} onClick={onTryAgain}>
            Try again
          </Button>
        ) : null}
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Dismiss: ${edit.failed}`}
          onClick={onDismiss}
        >
          Dismiss
        </Button>
      </div>
    </li>
  );
}
