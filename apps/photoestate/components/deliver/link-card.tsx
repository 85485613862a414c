'use client';

import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { CopyButton } from '@repo/ui/copy-button';
import { Input } from '@repo/ui/input';
import { RelativeTime } from '@repo/ui/time';
import { ExternalLink, ShieldCheck } from 'lucide-react';
import { alteredWords, credentialsWords } from '../../lib/gallery/provenance.ts';
import type { Delivery } from '../../lib/trpc.ts';
import { LinkActions } from './link-actions.tsx';
import type { Deliveries } from './use-deliveries.ts';

const STATES = {
  open: { label: 'Open', tone: 'success' },
  expired: { label: 'Over', tone: 'neutral' },
  revoked: { label: 'Revoked', tone: 'danger' },
} as const;

/** A link: to be copied, looked at, sent again, ended. */
export function LinkCard({ delivery, hands }: { delivery: Delivery; hands: Deliveries }) {
  const { url, state, hasPin, prepared, photos } = delivery;
  const isOpen = state === 'open' && url !== null;
  return (
    <section aria-label="The link" className="rounded-lg border bg-card p-4 sm:p-5">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={STATES[state].tone}>{STATES[state].label}</Badge>
        {hasPin ? <Badge>PIN</Badge> : null}
        {delivery.watermark ? (
          <Badge tone={delivery.paidAt ? 'success' : 'warning'}>
            {delivery.paidAt ? 'Paid' : 'Not paid'}
          </Badge>
        ) : null}
        <span className="text-muted-foreground text-sm">
          Delivered <RelativeTime value={delivery.createdAt} />
          {prepared < photos.length ? ` · making sizes: ${prepared} of ${photos.length}` : ''}
        </span>
      </div>
      {isOpen ? (
        <div className="mt-3 flex gap-2">
          <Input
            aria-label="Link for clients"
            readOnly
            value={url}
            onFocus={({ target }) => target.select()}
            className="min-w-0 font-mono text-xs"
          />
          <CopyButton value={url} label="Copy link" size="md" variant="primary">
            Copy
          </CopyButton>
          <Button asChild size="icon">
            <a href={url} target="_blank" rel="noreferrer" aria-label="Look at it as clients do">
              <ExternalLink />
            </a>
          </Button>
        </div>
      ) : null}
      <Provenance photos={photos} />
      <LinkActions delivery={delivery} hands={hands} />
    </section>
  );
}

/** What clients are told of how the photos were made. */
function Provenance({ photos }: Pick<Delivery, 'photos'>) {
  const altered = photos.some((photo) => photo.altered.length > 0) ? alteredWords(photos) : null;
  const signed = credentialsWords(
    photos.map(({ signedBy }) => (signedBy === null ? null : { by: signedBy })),
  );
  if (altered === null && signed === null) return null;
  return (
    <p className="mt-3 flex gap-2 text-muted-foreground text-sm">
      <ShieldCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>
        {altered ? `${altered} The gallery says so. ` : ''}
        {signed}
      </span>
    </p>
  );
}
