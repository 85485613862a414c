'use client';

import { Dialog, DialogBody, DialogContent, DialogSubmit } from '@repo/ui/dialog';
import { useDraft } from '@repo/ui/local';
import { Textarea } from '@repo/ui/textarea';
import { useId } from 'react';

type Props = {
  enhancementId: string;
  name: string;
  onReject: (note: string) => void;
  onClose: () => void;
};

/** Asks for the reason; Enter rejects without one, too. */
export function RejectDialog({ enhancementId, name, onReject, onClose }: Props) {
  const id = useId();
  const [note, setNote, dropNote] = useDraft(`reject:${enhancementId}`, '');
  const close = () => {
    dropNote();
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : close())}>
      <DialogContent
        title={`Reject ${name}?`}
        description="It is never delivered, and its credit is given back. The scene can be enhanced again."
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onReject(note);
            close();
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
