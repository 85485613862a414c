'use client';

import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { Field } from '@repo/ui/field';
import { useDraft } from '@repo/ui/local';
import { Textarea } from '@repo/ui/textarea';
import { RelativeTime } from '@repo/ui/time';
import { Check, Download, Eye, Heart, RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { type Ref, type RefObject, useEffect, useRef, useState } from 'react';
import type { Picked } from '../../lib/deliver-draft.ts';
import { photoOfDelivery } from '../../lib/requests.ts';
import { sceneName } from '../../lib/scene-edits.ts';
import type { Decided, Delivery, StudioComment } from '../../lib/trpc.ts';
import { PinnedThumb } from '../requests/pinned-thumb.tsx';
import { Favourites } from './favourites.tsx';
import type { Deliveries } from './use-deliveries.ts';

type Props = {
  delivery: Delivery;
  hands: Deliveries;
  /** The comment, or the photo of which something is asked for, that somebody comes to see. */
  about: string | null;
  /** Whether they have seen it: the link may be shown more than once. */
  arrived: RefObject<boolean>;
  /** Begins a new link with these photos alone. */
  onDeliver: (photos: readonly Picked[]) => void;
};

/** Approved by themselves and listed one by one; more are counted. */
const MOST_APPROVED = 3;

/** What came back: answers, comments, and who looked when. */
export function Feedback({ delivery, hands, about, arrived, onDeliver }: Props) {
  const { decided, photos, comments, visitors } = delivery;
  const answered = photos.filter((photo) => photo.decided !== null);
  const approved = answered.filter((photo) => photo.decided?.decision === 'approved');
  const isMany = approved.length > MOST_APPROVED;
  const changes = isMany ? answered.filter((photo) => !approved.includes(photo)) : answered;
  const photoOf = (id: string | null): Meant | null => {
    const index = photos.findIndex((each) => each.id === id);
    const photo = photos[index];
    if (!photo) return null;
    const { listingId } = delivery;
    return { ...photo, listingId, called: photoOfDelivery({ ...photo, number: index + 1 }) };
  };
  const arrive = useArrival(about, arrived);
  const said = comments.filter(({ replyTo }) => replyTo === null);
  return (
    <section aria-labelledby="feedback-title" className="flex flex-col gap-5">
      <h2 id="feedback-title" className="font-semibold text-base">
        What came back
      </h2>
      {decided || answered.length > 0 ? (
        <ul className="flex flex-col gap-2">
          {decided ? <Answer about={null} decided={decided} /> : null}
          {changes.map(({ id, decided: answer }) =>
            answer ? (
              <Answer key={id} {...arrive(id)} about={photoOf(id)} decided={answer} />
            ) : null,
          )}
          {isMany ? (
            <li className="flex flex-wrap items-center gap-2 rounded-md border p-3 text-sm">
              <Check aria-hidden="true" className="size-4 text-success" />
              <span className="font-medium">{`${approved.length} of ${photos.length} photos`}</span>
              <Badge tone="success">Approved one by one</Badge>
            </li>
          ) : null}
        </ul>
      ) : null}
      <Favourites delivery={delivery} onDeliver={onDeliver} />
      {said.length > 0 ? (
        <ol className="flex flex-col gap-4">
          {said.map((comment) => (
            <CommentThread
              key={comment.id}
              {...arrive(comment.id)}
              comment={comment}
              about={photoOf(comment.photoId)}
              replies={comments.filter(({ replyTo }) => replyTo === comment.id).toReversed()}
              hands={hands}
            />
          ))}
        </ol>
      ) : null}
      {visitors.length > 0 ? (
        <ul aria-label="Who looked" className="flex flex-col divide-y rounded-md border text-sm">
          {visitors.map(({ id, name, opened, downloads, favourites, lastSeenAt }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2">
              <span className="min-w-0 flex-1 truncate">{name ?? 'Somebody with the link'}</span>
              <span className="flex items-center gap-1.5 text-muted-foreground tabular-nums">
                <Eye aria-hidden="true" className="size-3.5" />
                <span className="sr-only">Opened</span>
                {opened}
              </span>
              {favourites.length > 0 ? (
                <span className="flex items-center gap-1.5 text-muted-foreground tabular-nums">
                  <Heart aria-hidden="true" className="size-3.5" />
                  <span className="sr-only">Favourites</span>
                  {favourites.length}
                </span>
              ) : null}
              <span className="flex items-center gap-1.5 text-muted-foreground tabular-nums">
                <Download aria-hidden="true" className="size-3.5" />
                <span className="sr-only">Downloads</span>
                {downloads}
              </span>
              <RelativeTime value={lastSeenAt} className="text-muted-foreground text-xs" />
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-muted-foreground text-sm">Nobody has opened this link yet.</p>
      )}
    </section>
  );
}

/** What somebody comes to see is scrolled to, once, and shown as meant. */
type Arrival = { isMeant?: boolean; arrival?: Ref<HTMLLIElement> };

function useArrival(about: string | null, arrived: RefObject<boolean>): (id: string) => Arrival {
  const meant = useRef<HTMLLIElement>(null);
  // Each time: it may come with newer data.
  useEffect(() => {
    if (arrived.current || meant.current === null) return;
    arrived.current = true;
    meant.current.scrollIntoView({ block: 'center' });
    meant.current.focus({ preventScroll: true });
  });
  return (id) => (id === about ? { isMeant: true, arrival: meant } : {});
}

const MEANT = 'rounded-md outline-2 outline-primary outline-offset-4';

/** What is spoken of, as the client counts it and as the studio does. */
type Meant = Delivery['photos'][number] & { listingId: string; called: string };

function PhotoAndScene({ about: { listingId, sceneId, scene, called } }: { about: Meant }) {
  return (
    <>
      {called}
      {scene ? (
        <>
          {' · '}
          <Link
            href={`/listings/${listingId}/scenes/${sceneId}`}
            className="rounded-sm underline underline-offset-4"
          >
            {sceneName(scene)}
          </Link>
        </>
      ) : null}
    </>
  );
}

/** Null: all photos. */
type AnswerProps = Arrival & { about: Meant | null; decided: Decided };

function Answer({ about, decided, isMeant, arrival }: AnswerProps) {
  const approved = decided.decision === 'approved';
  const Icon = approved ? Check : RotateCcw;
  return (
    <li
      ref={arrival}
      tabIndex={isMeant ? -1 : undefined}
      className={cn('rounded-md border p-3 text-sm', isMeant && MEANT)}
    >
      <p className="flex flex-wrap items-center gap-2">
        <Icon
          aria-hidden="true"
          className={approved ? 'size-4 text-success' : 'size-4 text-warning'}
        />
        <span className="font-medium">
          {about ? <PhotoAndScene about={about} /> : 'All photos'}
        </span>
        <Badge tone={approved ? 'success' : 'warning'}>
          {approved ? 'Approved' : 'Changes asked for'}
        </Badge>
        <span className="text-muted-foreground text-xs">
          {decided.by}, <RelativeTime value={decided.at} />
        </span>
      </p>
      {decided.note ? <p className="mt-1 whitespace-pre-line">{decided.note}</p> : null}
    </li>
  );
}

type ThreadProps = Arrival & {
  comment: StudioComment;
  about: Meant | null;
  replies: readonly StudioComment[];
  hands: Deliveries;
};

function CommentThread(props: ThreadProps) {
  const { comment, about, replies, hands, isMeant, arrival } = props;
  const { id: commentId, resolved, hidden } = comment;
  // Null: nobody replies.
  const [body, setBody, dropBody] = useDraft<string | null>(`reply:${commentId}`, null);
  // What comes back of before takes nobody's focus.
  const [pressed, setPressed] = useState(false);
  const moderate = (change: { resolved?: boolean; hidden?: boolean }) =>
    hands.moderate.mutate({ commentId, ...change });
  return (
    <li
      ref={arrival}
      tabIndex={isMeant ? -1 : undefined}
      className={cn(hidden && 'opacity-70', isMeant && MEANT)}
    >
      <Said comment={comment} about={about} />
      {replies.map((reply) => (
        <div key={reply.id} className="mt-2 ms-3 border-s ps-3">
          <Said comment={reply} about={null} />
        </div>
      ))}
      <div className="mt-1.5 flex flex-wrap gap-1">
        <Button
          size="sm"
          variant="ghost"
          aria-expanded={body !== null}
          onClick={() => {
            setPressed(true);
            if (body === null) setBody('');
            else dropBody();
          }}
        >
          Reply
        </Button>
        <Button size="sm" variant="ghost" onClick={() => moderate({ resolved: !resolved })}>
          {resolved ? 'Open again' : 'Resolve'}
        </Button>
        <Button size="sm" variant="ghost" onClick={() => moderate({ hidden: !hidden })}>
          {hidden ? 'Show to clients' : 'Hide from clients'}
        </Button>
      </div>
      {body === null ? null : (
        <form
          className="mt-2 flex flex-col gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            // Also when another page is shown by then. What failed is said already.
            hands.answer.mutateAsync({ commentId, body }).then(dropBody, () => undefined);
          }}
        >
          <Field label={`Reply to ${comment.author}`}>
            {(control) => (
              <Textarea
                {...control}
                rows={2}
                required
                autoFocus={pressed}
                readOnly={hands.answer.isPending}
                maxLength={2_000}
                value={body}
                onChange={({ target }) => setBody(target.value)}
              />
            )}
          </Field>
          <div>
            <Button type="submit" size="sm" variant="primary" busy={hands.answer.isPending}>
              Send reply
            </Button>
          </div>
        </form>
      )}
    </li>
  );
}

function Said({ comment, about }: { comment: StudioComment; about: Meant | null }) {
  const { author, studio, body, createdAt, resolved, hidden, spot } = comment;
  return (
    <article className="flex items-start gap-3 text-sm">
      {about ? (
        <PinnedThumb photo={about} name={about.called} spot={spot} className="w-24 sm:w-32" />
      ) : null}
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{author}</span>
          {studio ? <Badge>Studio</Badge> : null}
          {resolved ? <Badge tone="success">Resolved</Badge> : null}
          {hidden ? <Badge tone="warning">Hidden</Badge> : null}
          <RelativeTime value={createdAt} className="text-muted-foreground text-xs" />
        </p>
        {about ? (
          <p className="text-muted-foreground text-xs">
            <PhotoAndScene about={about} />
          </p>
        ) : null}
        <p className="whitespace-pre-line break-words">{body}</p>
      </div>
    </article>
  );
}
