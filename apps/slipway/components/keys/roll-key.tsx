'use client';

import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { RadioCard, RadioGroup } from '@repo/ui/radio-group';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { focusAgain } from '../panel/focus-again.ts';
import type { KeyDialogProps } from './key-actions.tsx';
import { powerOf } from './key-words.ts';
import { RevealKeyDialog } from './reveal-key.tsx';
import { useRefreshKeys } from './use-keys.ts';

const OVERLAPS = [
  { hours: 0, label: 'Not at all', means: 'It stops at once: for a key that got out.' },
  { hours: 1, label: 'One hour', means: 'For a server that you are about to restart.' },
  { hours: 24, label: '24 hours', means: 'For several servers that change one by one.' },
  { hours: 168, label: '7 days', means: 'For servers of other people.' },
] as const;

/** A new key in place of an old one, then shows it once. */
export function RollKeyDialog({ projectId, apiKey, returnFocus, onClose }: KeyDialogProps) {
  const trpc = useTRPC();
  const refresh = useRefreshKeys(projectId);
  const [hours, setHours] = useState<(typeof OVERLAPS)[number]['hours']>(24);
  const roll = useMutation(trpc.apiKey.roll.mutationOptions({ onSuccess: () => void refresh() }));
  if (roll.data) {
    return (
      <RevealKeyDialog
        secret={roll.data.key}
        title={`The new key of “${apiKey.name}”`}
        power={powerOf(apiKey.scopes)}
        doneLabel="I have copied it"
        onDone={onClose}
      />
    );
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={`Roll “${apiKey.name}”`}
        description="A new key with the same name, scopes and expiry takes its place."
        onCloseAutoFocus={(event) => focusAgain(event, returnFocus)}
      >
        <DialogBody>
          {roll.error ? (
            <Alert tone="danger" live>
              {describeError(roll.error).message}
            </Alert>
          ) : null}
          <p id="overlap" className="font-medium text-sm">
            How long shall the old key go on working?
          </p>
          <RadioGroup
            aria-labelledby="overlap"
            value={String(hours)}
            onValueChange={(value) =>
              setHours(OVERLAPS.find((each) => String(each.hours) === value)?.hours ?? 24)
            }
          >
            {OVERLAPS.map((each) => (
              <RadioCard
                key={each.hours}
                value={String(each.hours)}
                label={each.label}
                description={each.means}
              />
            ))}
          </RadioGroup>
        </DialogBody>
        <DialogFooter>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button
            variant={hours === 0 ? 'danger' : 'primary'}
            busy={roll.isPending}
            onClick={() => roll.mutate({ projectId, keyId: apiKey.id, overlapHours: hours })}
          >
            Roll key
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
