'use client';

import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { useState } from 'react';
import type { GalleryPhoto, NewDecision } from '../../lib/gallery/api.ts';
import { counted } from '../../lib/listing-status.ts';
import { NameField } from './name-field.tsx';

type Props = {
  photos: readonly GalleryPhoto[];
  /** Whether it is asked. */
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Where to go on from, whatever was answered. */
  onClosed: () => void;
  /** What the visitor is called; empty until they said. */
  known: string;
  onApprove: (said: Pick<NewDecision, 'open' | 'seen'>, name: string) => Promise<boolean>;
};

const MOST_NAMED = 5;

/** Who approves all while changes are asked for of some says what becomes of those. */
export function ApproveAllDialog(props: Props) {
  const { photos, open, onOpenChange, onClosed, known, onApprove } = props;
  const named = photos.map((photo, index) => ({
    ...photo,
    name: photo.title ?? `Photo ${index + 1}`,
  }));
  const asked = named.filter(({ decided }) => decided?.decision === 'changes');
  const others = photos.length - asked.length;
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const approve = async (what: 'approve' | 'leave') => {
    setBusy(true);
    const seen = asked.map(({ id }) => id);
    const done = await onApprove({ open: what, seen }, known || name.trim());
    setBusy(false);
    if (done) onOpenChange(false);
  };
  return (
    <Dialog open={open && asked.length > 0} onOpenChange={onOpenChange}>
      <DialogContent
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          onClosed();
        }}
        title={`${counted(asked.length, 'photo')} ${asked.length === 1 ? 'has an open request' : 'have open requests'}`}
        description={
          others > 0
            ? `Approve all photos as they are, or only the others, and leave the ${asked.length === 1 ? 'request' : 'requests'} open?`
            : 'Approve all photos as they are? Then nothing is asked for any more.'
        }
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void approve(others > 0 ? 'leave' : 'approve');
          }}
        >
          <DialogBody>
            <ul className="flex flex-col gap-2 text-sm">
              {asked.slice(0, MOST_NAMED).map(({ id, name: photo, decided }) => (
                <li key={id}>
                  <span className="font-medium">{photo}</span>
                  {decided?.note ? (
                    <span className="line-clamp-2 break-words text-muted-foreground">
                      {decided.note}
                    </span>
                  ) : null}
                </li>
              ))}
              {asked.length > MOST_NAMED ? (
                <li className="text-muted-foreground">
                  and {counted(asked.length - MOST_NAMED, 'photo')} more
                </li>
              ) : null}
            </ul>
            {known ? null : <NameField value={name} onChange={setName} />}
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            {others > 0 ? (
              <Button
                busy={busy}
                onClick={({ currentTarget: { form } }) => {
                  if (form?.reportValidity()) void approve('approve');
                }}
              >
                Approve all {photos.length}
              </Button>
            ) : null}
            <Button type="submit" variant="primary" busy={busy}>
              {others > 0
                ? `Approve the other ${others === 1 ? 'photo' : others}`
                : `Approve ${counted(asked.length, 'photo')}`}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
