'use client';

import { Button } from '@repo/ui/button';
import { EmptyState } from '@repo/ui/empty-state';
import { readDraft } from '@repo/ui/local';
import { undoLatest } from '@repo/ui/undo';
import { useQuery } from '@tanstack/react-query';
import { CircleCheckBig } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { decidedBy } from '../../lib/offline/edits.ts';
import { describeError, type ReviewItem, useTRPC } from '../../lib/trpc.ts';
import { AdjustDialog } from '../enhance/adjust-dialog.tsx';
import type { AdjustDraft } from '../enhance/adjust-draft.ts';
import { lookOf } from '../enhance/look.ts';
import { LoadFailed } from '../load-failed.tsx';
import { useOutboxSnapshot } from '../offline/outbox.tsx';
import { useShortcuts } from '../shortcuts/shortcuts.tsx';
import { nameOf } from './name-of.ts';
import { RejectDialog } from './reject-dialog.tsx';
import { ReviewDesk } from './review-desk.tsx';
import { ReviewQueue } from './review-queue.tsx';
import { ReviewSkeleton } from './review-skeleton.tsx';
import { useDecisions } from './use-decisions.ts';

/** Photos that fell below a threshold, one after the other, until somebody has decided about each. */
export function Reviews() {
  const trpc = useTRPC();
  const listingId = useSearchParams().get('listing') ?? undefined;
  const input = listingId === undefined ? {} : { listingId };
  const list = useQuery(
    trpc.review.list.queryOptions(input, {
      refetchInterval: ({ state }) =>
        state.data?.items.some(({ adjusting }) => adjusting) ? 3_000 : 15_000,
    }),
  );
  const { edits } = useOutboxSnapshot();
  const decided = decidedBy(edits.map(({ edit }) => edit));
  if (list.isError && !list.data) {
    const { code } = describeError(list.error);
    const title =
      code === 'not_found' ? 'This listing is not here' : 'The review queue could not be loaded';
    return <LoadFailed title={title} queries={[list]} />;
  }
  if (!list.data) return <ReviewSkeleton />;
  const { hasMore } = list.data;
  const items = list.data.items.filter(({ version }) => !decided.has(version.id));
  // Those behind what was decided are on their way.
  if (items.length === 0 && hasMore) return <ReviewSkeleton />;
  return (
    <>
      {items.length === 0 ? <NothingWaits listingId={listingId} /> : null}
      <Table items={items} hasMore={hasMore} />
    </>
  );
}

function NothingWaits({ listingId }: { listingId: string | undefined }) {
  return (
    <EmptyState
      headingLevel={1}
      icon={<CircleCheckBig />}
      title="Nothing needs review"
      description="Photos that come out soft, tilted, tinted or otherwise doubtful are kept here until somebody accepts or rejects them. The rest goes on by itself."
      action={
        <Button asChild variant="primary">
          <Link href={listingId === undefined ? '/listings' : `/listings/${listingId}`}>
            {listingId === undefined ? 'To the listings' : 'Back to the listing'}
          </Link>
        </Button>
      }
      className="py-24"
    />
  );
}

type Props = { items: readonly ReviewItem[]; hasMore: boolean };
type Question = { kind: 'reject' | 'adjust'; item: ReviewItem };

const DRAFT = 'adjust:review';

/** Stays when nothing is left, for what can be undone still. */
function Table({ items, hasMore }: Props) {
  const [chosen, setChosen] = useState<string>();
  const [question, setQuestion] = useState<Question>();
  // What was being adjusted before a reload is open again.
  const goOn = useEffectEvent(() => {
    const sceneId = readDraft<AdjustDraft>(DRAFT)?.of.sceneId;
    const item = items.find(({ scene }) => scene.id === sceneId);
    if (!item) return;
    setChosen(item.version.id);
    setQuestion({ kind: 'adjust', item });
  });
  useEffect(() => goOn(), []);
  const place = useRef(0);
  const found = items.findIndex(({ version }) => version.id === chosen);
  // What was decided is gone: the next one moves up into its place.
  const index = found >= 0 ? found : Math.max(0, Math.min(place.current, items.length - 1));
  useEffect(() => {
    place.current = index;
  }, [index]);
  const item = items[index];
  const { accept, reject, adjust } = useDecisions();
  const go = (by: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, index + by))];
    if (next) setChosen(next.version.id);
  };
  const open = item?.decidable === true && !item.adjusting ? item : undefined;
  const acceptIt = () => open && accept(open);
  const ask = (kind: Question['kind']) => open && setQuestion({ kind, item: open });
  const group = 'Review';
  useShortcuts([
    { group, keys: ['j', 'ArrowDown'], label: 'Next', repeats: true, run: () => go(1) },
    { group, keys: ['k', 'ArrowUp'], label: 'Previous', repeats: true, run: () => go(-1) },
    { group, keys: ['a'], label: 'Accept', run: acceptIt },
    { group, keys: ['e'], label: 'Adjust', run: () => ask('adjust') },
    { group, keys: ['r'], label: 'Reject', run: () => ask('reject') },
    { group, keys: ['Mod+z'], label: 'Undo', run: undoLatest },
  ]);
  if (item === undefined) return null;
  return (
    <div className="flex flex-col-reverse md:grid md:h-[calc(100dvh-3.5rem-1px)] md:grid-cols-[18rem_minmax(0,1fr)]">
      <ReviewQueue items={items} hasMore={hasMore} current={item.version.id} onChoose={setChosen} />
      <ReviewDesk
        key={item.version.id}
        item={item}
        onAccept={acceptIt}
        onAdjust={() => ask('adjust')}
        onReject={() => ask('reject')}
      />
      {question?.kind === 'reject' ? (
        <RejectDialog
          enhancementId={question.item.version.id}
          name={nameOf(question.item)}
          onClose={() => setQuestion(undefined)}
          onReject={(note) => reject(question.item, note)}
        />
      ) : null}
      {question?.kind === 'adjust' ? (
        <AdjustDialog
          of={{ listingId: question.item.listing.id, sceneId: question.item.scene.id }}
          draftKey={DRAFT}
          title={`Another version of ${nameOf(question.item)}`}
          initial={lookOf(question.item.version)}
          onClose={() => setQuestion(undefined)}
          returnFocus={() => undefined}
          onStart={({ ownSettings: _own, ...look }) =>
            adjust.mutate({ enhancementId: question.item.version.id, ...look })
          }
        />
      ) : null}
    </div>
  );
}
