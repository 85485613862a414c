'use client';

import { Button, buttonVariants } from '@repo/ui/button';
import { MessageCircle } from 'lucide-react';
import Link from 'next/link';
import { counted } from '../../lib/listing-status.ts';
import { requestPath, requestsText } from '../../lib/requests.ts';
import type { OpenRequest } from '../../lib/trpc.ts';

type Props = {
  listingId: string;
  /** Of the scenes that are there. */
  requests: ReadonlyMap<string, readonly OpenRequest[]>;
  only: boolean;
  onChange: (only: boolean) => void;
};

/** Says in how many scenes a client waits for something, and shows them alone. */
export function RequestFilter({ listingId, requests, only, onChange }: Props) {
  const all = [...requests.values()].flat();
  const [newest] = all.toSorted((a, b) => b.at.getTime() - a.at.getTime());
  if (newest === undefined) return null;
  return (
    <section
      aria-label="From clients"
      className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border bg-card px-4 py-2.5"
    >
      <MessageCircle aria-hidden="true" className="size-4 shrink-0 text-warning" />
      <p className="min-w-0 flex-1 basis-56 text-sm">
        Clients wait for an answer on {counted(requests.size, 'scene')}.{' '}
        <span className="inline-block text-muted-foreground tabular-nums">{requestsText(all)}</span>
      </p>
      <Button size="sm" aria-pressed={only} onClick={() => onChange(!only)}>
        {only ? 'Show all scenes' : 'Show only these'}
      </Button>
      <Link href={requestPath(listingId, newest.id)} className={buttonVariants({ size: 'sm' })}>
        Read and answer
      </Link>
    </section>
  );
}
