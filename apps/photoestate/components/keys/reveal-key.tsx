'use client';

import { Button } from '@repo/ui/button';
import { CopyButton } from '@repo/ui/copy-button';
import { Dialog, DialogBody, DialogContent, DialogFooter } from '@repo/ui/dialog';

export type MadeKey = { name: string; secret: string };

/** Shows a key for the only time; closes by its button alone, so that no stray click loses it. */
export function RevealKey({ made, onDone }: { made: MadeKey; onDone: () => void }) {
  return (
    <Dialog open>
      <DialogContent
        title={`The key “${made.name}”`}
        description="Copy it now: only its hash is kept, so it cannot be shown again."
        closable={false}
        className="max-w-lg"
        onEscapeKeyDown={(event) => event.preventDefault()}
        onInteractOutside={(event) => event.preventDefault()}
      >
        <DialogBody>
          <div className="flex items-center gap-2 rounded-md border bg-code py-1 pr-1 pl-3">
            <code className="min-w-0 flex-1 select-all font-mono text-[13px] [overflow-wrap:anywhere]">
              {made.secret}
            </code>
            <CopyButton value={made.secret} label="Copy key" size="sm" variant="secondary">
              Copy
            </CopyButton>
          </div>
        </DialogBody>
        <DialogFooter>
          <Button variant="primary" onClick={onDone}>
            I have copied it
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
