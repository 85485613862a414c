'use client';

import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { CopyButton } from '@repo/ui/copy-button';
import { Dialog, DialogBody, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { envLines } from './key-words.ts';

export type RevealKeyProps = {
  secret: string;
  title: string;
  doneLabel: string;
  /** What whoever has it can do. */
  power: string;
  onDone: () => void;
};

/** Shows a secret key for the only time; closes by its button alone, so that no stray click loses it. */
export function RevealKeyDialog({ secret, title, doneLabel, power, onDone }: RevealKeyProps) {
  return (
    <Dialog open>
      <DialogContent
        title={title}
        description="This is its secret key. Copy it now: it is stored as a hash and cannot be shown again."
        closable={false}
        className="max-w-lg"
        onEscapeKeyDown={(event) => event.preventDefault()}
        onPointerDownOutside={(event) => event.preventDefault()}
        onInteractOutside={(event) => event.preventDefault()}
      >
        <DialogBody>
          <div className="flex items-center gap-2 rounded-md border bg-code py-1 pr-1 pl-3">
            <code className="min-w-0 flex-1 select-all font-mono text-[13px] [overflow-wrap:anywhere]">
              {secret}
            </code>
            <CopyButton value={secret} label="Copy key" size="sm" variant="secondary">
              Copy
            </CopyButton>
          </div>
          <div>
            <CopyButton
              value={envLines({ url: window.location.origin, secret })}
              label="Copy as .env"
              size="sm"
              variant="secondary"
            >
              Copy as .env
            </CopyButton>
          </div>
          <Alert tone="warning">
            Keep it on your server, in an environment variable. Whoever has it can {power}.
          </Alert>
        </DialogBody>
        <DialogFooter>
          <Button variant="primary" onClick={onDone}>
            {doneLabel}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
