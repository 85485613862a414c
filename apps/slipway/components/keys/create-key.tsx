'use client';

import { Button } from '@repo/ui/button';
import { Dialog, DialogContent } from '@repo/ui/dialog';
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { CreateKeyForm, type MadeKey } from './create-key-form.tsx';
import { powerOf } from './key-words.ts';
import { RevealKeyDialog } from './reveal-key.tsx';

type Props = {
  projectId: string;
  /** Everything that may change while a dialog is open goes below, so that it cannot take the dialog away. */
  children: (openButton: ReactNode) => ReactNode;
};

/** Asks what the key is for, then shows it once. */
export function CreateKey({ projectId, children }: Props) {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<MadeKey>();
  return (
    <>
      {children(
        <Button variant="primary" onClick={() => setOpen(true)}>
          <Plus />
          Create key
        </Button>,
      )}
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent
          title="Create a key"
          description="It is shown once, right after."
          className="max-w-lg"
        >
          <CreateKeyForm
            projectId={projectId}
            onMade={(key) => {
              setOpen(false);
              setMade(key);
            }}
          />
        </DialogContent>
      </Dialog>
      {made ? (
        <RevealKeyDialog
          secret={made.secret}
          title={`Your key “${made.name}”`}
          power={powerOf(made.scopes)}
          doneLabel="I have copied it"
          onDone={() => setMade(undefined)}
        />
      ) : null}
    </>
  );
}
