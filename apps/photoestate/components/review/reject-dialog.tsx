'use client';

import { Dialog, DialogBody, DialogContent, DialogSubmit } from '@repo/ui/dialog';
import { Textarea } from '@repo/ui/textarea';
import { useId, useState } from 'react';

type Props = { name: string; onReject: (note: string) => void; onClose: () => void };

/** Asks for the reason; Enter rejects without one, too. */
export function RejectDialog({ name, onReject, onClose }: Props) {
  const id = useId();
  const [note, setNote] = useState('');
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={`Reject ${name}?`}
        description="It is never delivered, and its credit is given back. The scene can be enhanced again."
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onReject(note);
            onClose();
          }}
        >
          <DialogBody>
            <label htmlFor={id} className="-mb-2.5 font-medium text-sm">
              Why, if you like
            </label>
            <Textarea
              id={id}
              value={note}
              maxLength={500}
              rows={3}
              onChange={({ target }) => setNote(target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.shiftKey) return;
                event.preventDefault();
                event.currentTarget.form?.requestSubmit();
              }}
            />
          </DialogBody>
          <DialogSubmit variant="danger">Reject</DialogSubmit>
        </form>
      </DialogContent>
    </Dialog>
  );
}
