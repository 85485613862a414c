'use client';

import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { Field } from '@repo/ui/field';
import { useDraft } from '@repo/ui/local';
import { Textarea } from '@repo/ui/textarea';
import { RelativeTime } from '@repo/ui/time';
import { Check, RotateCcw } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { Decided, Decision, GalleryPhoto, NewDecision } from '../../lib/gallery/api.ts';
import type { GalleryActions } from '../../lib/gallery/use-gallery.ts';
import { counted } from '../../lib/listing-status.ts';
import { ApproveAllDialog } from './approve-all-dialog.tsx';
import { NameField } from './name-field.tsx';

/** What a visitor is about to say. */
type Answer = { asking?: Decision; note?: string };

type Props = {
  /** Of all photos together; by it, or by the photo, what is typed and not sent yet is known. */
  galleryId?: string;
  /** What is decided about, in words. */
  about: string;
  photoId?: string;
  decided: Decided | null;
  actions: GalleryActions;
  studio: boolean;
  /** All photos, where it is about them. */
  photos?: readonly GalleryPhoto[];
};

/** Approve, or say what should be different. */
export function Approval(props: Props) {
  const { galleryId, about, photoId, decided, actions, studio, photos = [] } = props;
  const [answer, setAnswer, dropAnswer] = useDraft<Answer>(`answer:${photoId ?? galleryId}`, {});
  const { asking, note = '' } = answer;
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  // What comes back of before takes nobody's focus.
  const [pressed, setPressed] = useState(false);
  const title = useId();
  const known = actions.name;
  const open = photos.filter((photo) => photo.decided?.decision === 'changes').length;
  const approved = photos.filter((photo) => photo.decided?.decision === 'approved').length;
  const [isAsked, setAsked] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const approve = useRef<HTMLButtonElement>(null);
  // Nothing is open any more: a later request must not bring the question back.
  if (isAsked && open === 0) setAsked(false);
  const send = async (decision: Decision | null) => {
    setBusy(true);
    const input = { photoId: photoId ?? null, decision, note: decision === 'changes' ? note : '' };
    const outcome = await actions.decide(input, known || name.trim());
    setBusy(false);
    if (outcome === 'to-be-asked') setAsked(true);
    if (outcome === 'kept') dropAnswer();
  };
  const approveAll = async (said: Pick<NewDecision, 'open' | 'seen'>, called: string) => {
    const input = { photoId: null, decision: 'approved', ...said } as const;
    const isKept = (await actions.decide(input, called)) === 'kept';
    if (isKept) dropAnswer();
    return isKept;
  };
  const choose = (decision: Decision) => {
    setPressed(true);
    if (decision === 'approved' && open > 0) setAsked(true);
    else if (decision === 'approved' && known) void send(decision);
    else setAnswer({ ...answer, asking: decision });
  };
  return (
    <section aria-labelledby={title} className="flex flex-col gap-3">
      <h2
        ref={heading}
        id={title}
        tabIndex={-1}
        className={cn(
          'focus-visible:outline-none',
          photoId ? 'font-medium text-sm' : 'font-semibold text-lg',
        )}
      >
        {photoId ? 'Your answer' : 'Are you happy with the photos?'}
      </h2>
      {decided ? (
        <div className="rounded-md border p-3 text-sm">
          <p className="flex items-center gap-2 font-medium">
            {decided.decision === 'approved' ? (
              <Check aria-hidden="true" className="size-4 text-success" />
            ) : (
              <RotateCcw aria-hidden="true" className="size-4 text-warning" />
            )}
            {decided.decision === 'approved' ? 'Approved' : 'Changes asked for'}
          </p>
          {decided.note ? <p className="mt-1 whitespace-pre-line">{decided.note}</p> : null}
          <p className="mt-1 text-muted-foreground text-xs">
            {decided.by}, <RelativeTime value={decided.at} />
          </p>
        </div>
      ) : null}
      {open > 0 || (decided === null && approved > 0) ? (
        <p className="text-muted-foreground text-sm">
          {decided === null && approved > 0
            ? `${approved} of ${counted(photos.length, 'photo')} ${approved === 1 ? 'is' : 'are'} approved one by one. `
            : ''}
          {open > 0 ? `Changes are asked for of ${counted(open, 'photo')}.` : ''}
        </p>
      ) : null}
      {photos.length > 0 ? (
        <ApproveAllDialog
          photos={photos}
          open={isAsked}
          onOpenChange={setAsked}
          onClosed={() => (approve.current ?? heading.current)?.focus({ preventScroll: true })}
          known={known}
          onApprove={approveAll}
        />
      ) : null}
      {studio ? (
        decided ? null : (
          <p className="text-muted-foreground text-sm">Nobody has answered yet.</p>
        )
      ) : asking ? (
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            void send(asking);
          }}
        >
          {asking === 'changes' ? (
            <Field label="What should be different?">
              {(control) => (
                <Textarea
                  {...control}
                  value={note}
                  onChange={({ target }) => setAnswer({ ...answer, note: target.value })}
                  maxLength={2_000}
                  rows={3}
                  required
                  autoFocus={pressed}
                />
              )}
            </Field>
          ) : null}
          {known ? null : <NameField value={name} onChange={setName} />}
          <div className="flex gap-2">
            <Button type="submit" variant="primary" busy={busy}>
              {asking === 'approved' ? `Approve ${about}` : 'Ask for changes'}
            </Button>
            <Button variant="ghost" onClick={() => setAnswer({ note })}>
              Cancel
            </Button>
          </div>
        </form>
      ) : (
        <div className="flex flex-wrap gap-2">
          {decided?.decision === 'approved' ? null : (
            <Button ref={approve} variant="primary" busy={busy} onClick={() => choose('approved')}>
              <Check />
              Approve {about}
            </Button>
          )}
          <Button onClick={() => choose('changes')}>
            <RotateCcw />
            {decided?.decision === 'changes' ? 'Ask again' : 'Ask for changes'}
          </Button>
          {decided ? (
            <Button variant="ghost" onClick={() => void send(null)}>
              Take back
            </Button>
          ) : null}
        </div>
      )}
    </section>
  );
}
