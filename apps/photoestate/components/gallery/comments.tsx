'use client';

import { Button } from '@repo/ui/button';
import { Field } from '@repo/ui/field';
import { useDraft } from '@repo/ui/local';
import { Textarea } from '@repo/ui/textarea';
import { RelativeTime } from '@repo/ui/time';
import { CheckCheck, MapPin } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Gallery, GalleryComment } from '../../lib/gallery/api.ts';
import type { GalleryActions } from '../../lib/gallery/use-gallery.ts';
import { newName } from '../../lib/new-name.ts';
import { NameField } from './name-field.tsx';

export type Spot = { x: number; y: number };

type Props = {
  gallery: Gallery;
  /** Null: about all photos; those about single ones are listed, too. */
  photoId: string | null;
  actions: GalleryActions;
  /** Told where it was asked for. */
  onShow?: (photoId: string, from: HTMLElement) => void;
  /** Where the next one is pinned to. */
  spot?: Spot | undefined;
  onSpot?: ((spot: Spot | undefined) => void) | undefined;
};

/** What was said, and a place to say more. Text is only ever set as text. */
export function Comments({ gallery, photoId, actions, onShow, spot, onSpot }: Props) {
  const said = gallery.comments.filter(
    (each) => each.replyTo === null && (photoId === null || each.photoId === photoId),
  );
  return (
    <div className="flex flex-col gap-4">
      {said.length > 0 ? (
        <ol className="flex flex-col gap-4">
          {said.map((comment) => (
            <li key={comment.id}>
              <Words comment={comment} actions={actions}>
                {photoId === null && comment.photoId && onShow ? (
                  <PhotoName gallery={gallery} photoId={comment.photoId} onShow={onShow} />
                ) : null}
              </Words>
              {gallery.comments
                .filter(({ replyTo }) => replyTo === comment.id)
                .map((reply) => (
                  <div key={reply.id} className="mt-2 ms-3 border-s ps-3">
                    <Words comment={reply} actions={actions} />
                  </div>
                ))}
            </li>
          ))}
        </ol>
      ) : gallery.studio ? (
        <p className="text-muted-foreground text-sm">Nothing was said yet.</p>
      ) : null}
      {gallery.studio ? null : (
        <NewCommentForm
          key={photoId}
          galleryId={gallery.id}
          {...{ photoId, actions, spot, onSpot }}
        />
      )}
    </div>
  );
}

type WordsProps = { comment: GalleryComment; actions: GalleryActions; children?: ReactNode };

function Words({ comment, actions, children }: WordsProps) {
  const { author, studio, body, createdAt, resolved, mine, spot } = comment;
  return (
    <article className="text-sm">
      <p className="flex flex-wrap items-center gap-x-2">
        <span className="font-medium">{author}</span>
        {studio ? <span className="rounded-sm bg-muted px-1.5 text-xs">Studio</span> : null}
        {spot ? <MapPin aria-label="At a spot" className="size-3.5 text-muted-foreground" /> : null}
        <RelativeTime value={createdAt} className="text-muted-foreground text-xs" />
        {resolved ? (
          <span className="flex items-center gap-1 text-success text-xs">
            <CheckCheck aria-hidden="true" className="size-3.5" />
            Done
          </span>
        ) : null}
      </p>
      {children}
      <p className="whitespace-pre-line break-words">{body}</p>
      {mine ? (
        <Button variant="link" size="sm" onClick={() => actions.takeBack(comment.id)}>
          Delete
        </Button>
      ) : null}
    </article>
  );
}

function PhotoName({
  gallery,
  photoId,
  onShow,
}: {
  gallery: Gallery;
  photoId: string;
  onShow: (photoId: string, from: HTMLElement) => void;
}) {
  const index = gallery.photos.findIndex(({ id }) => id === photoId);
  if (index < 0) return null;
  return (
    <Button
      variant="link"
      size="sm"
      onClick={({ currentTarget }) => onShow(photoId, currentTarget)}
    >
      {gallery.photos[index]?.title ?? `Photo ${index + 1}`}
    </Button>
  );
}

type FormProps = Pick<Props, 'photoId' | 'actions' | 'spot'> & {
  galleryId: string;
  onSpot: Props['onSpot'];
};

/** What is typed, and what of it was sent without an answer yet. */
type Said = { body: string; sent?: { id: string; words: string } };

function NewCommentForm({ galleryId, photoId, actions, spot, onSpot }: FormProps) {
  const [draft, keep, drop] = useDraft<Said>(`said:${galleryId}:${photoId ?? ''}`, { body: '' });
  const { body } = draft;
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const known = actions.name;
  const send = async () => {
    setBusy(true);
    const words = JSON.stringify([body, spot]);
    // The same comment, where its answer was lost.
    const id = draft.sent?.words === words ? draft.sent.id : newName('cmt');
    keep({ body, sent: { id, words } });
    const input = { id, body, photoId, spot: spot ?? null, replyTo: null };
    const done = await actions.comment(input, known || name.trim());
    setBusy(false);
    if (!done) return;
    drop();
    onSpot?.(undefined);
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Field label={photoId === null ? 'Say something about all photos' : 'Comment on this photo'}>
        {(control) => (
          <Textarea
            {...control}
            value={body}
            onChange={({ target }) => keep({ ...draft, body: target.value })}
            // What is typed meanwhile would go with what is sent.
            readOnly={busy}
            maxLength={2_000}
            rows={2}
            required
          />
        )}
      </Field>
      {body !== '' && !known ? <NameField value={name} onChange={setName} /> : null}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" busy={busy} disabled={body.trim() === ''}>
          Send comment
        </Button>
        {onSpot ? (
          <Button
            variant="ghost"
            aria-pressed={spot !== undefined}
            onClick={() => onSpot(spot === undefined ? { x: 0.5, y: 0.5 } : undefined)}
          >
            <MapPin />
            {spot === undefined ? 'Pin to a spot' : 'Without a spot'}
          </Button>
        ) : null}
      </div>
      {spot ? (
        <p className="text-muted-foreground text-xs">
          Tap the photo where you mean, or move the pin with the arrow keys.
        </p>
      ) : null}
    </form>
  );
}
