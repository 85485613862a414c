'use client';

import { useIsOffline } from '@repo/ui/local';
import { toast } from '@repo/ui/toaster';
import { CloudOff, RefreshCw } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { counted } from '../../lib/listing-status.ts';
import { useOutboxSnapshot } from './outbox.tsx';

/** A change is on its way for a moment: only what takes longer is worth a word. */
function words(isOffline: boolean, waiting: number, failing: boolean): string {
  const changes = counted(waiting, 'change');
  if (!isOffline && failing)
    return `The server answered with an error. It is asked again: ${changes} not saved yet.`;
  if (!isOffline)
    return `The server cannot be reached. To be sent as soon as it answers: ${changes}.`;
  if (waiting === 0) {
    return 'You are offline. Uploads and changes wait here, and go on by themselves.';
  }
  return `You are offline. ${changes} and all uploads wait here, and go on by themselves.`;
}

/** Says that there is no connection, and what waits for one. */
export function OfflineBanner() {
  const isOffline = useIsOffline();
  const { edits, waiting, made } = useOutboxSnapshot();
  const late = edits.filter(({ waited, failures }) => waited || failures > 0);
  const failing = late.some(({ failures }) => failures > 0);
  // Those behind it wait for it.
  const delayed = failing ? waiting : late.length;
  useSaidWhenSent(delayed, made);
  const shown = isOffline || delayed > 0;
  const Icon = isOffline ? CloudOff : RefreshCw;
  return (
    <div role="status" className="sticky top-14 z-30">
      {shown ? (
        <p className="flex items-center gap-2.5 border-b bg-warning-soft px-4 py-2 text-sm text-warning sm:px-6">
          <Icon aria-hidden="true" className="size-4 shrink-0" />
          {words(isOffline, isOffline ? waiting : delayed, failing)}
        </p>
      ) : null}
    </div>
  );
}

/** What waited for long is worth a word when it is through; what was refused has its own. */
function useSaidWhenSent(delayed: number, made: number): void {
  const late = useRef({ most: 0, before: made });
  useEffect(() => {
    const { most, before } = late.current;
    const sent = Math.min(most, made - before);
    if (delayed === 0 && sent > 0) toast.success(`${counted(sent, 'change')} sent`);
    late.current =
      delayed === 0 ? { most: 0, before: made } : { most: Math.max(most, delayed), before };
  }, [delayed, made]);
}
