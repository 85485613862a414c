'use client';

import { Button } from '@repo/ui/button';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { LockKeyhole } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { type Door, type Gallery, GalleryError, openGallery } from '../../lib/gallery/api.ts';

function wordsFor(error: unknown): string {
  if (!(error instanceof GalleryError)) return 'Something went wrong. Try again.';
  if (error.code === 'pin_wrong') return 'That is not the PIN of these photos.';
  if (error.code === 'rate_limited') return 'Too many tries. Wait a few minutes, then try again.';
  return error.message;
}

type Props = { door: Door; onOpen: (gallery: Gallery) => void };

/** Says nothing of what is behind it. */
export function PinForm({ door, onOpen }: Props) {
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    await openGallery(door, pin).then(onOpen, (error: unknown) => {
      setProblem(wordsFor(error));
      setBusy(false);
    });
  };
  return (
    <main className="flex min-h-dvh items-center justify-center p-6">
      <form
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex w-full max-w-80 flex-col gap-5"
      >
        <div className="flex flex-col items-center gap-3 text-center">
          <span className="flex size-10 items-center justify-center rounded-full border bg-card">
            <LockKeyhole aria-hidden="true" className="size-5 text-muted-foreground" />
          </span>
          <h1 className="font-semibold text-lg">These photos need a PIN</h1>
          <p className="text-balance text-muted-foreground text-sm">
            Whoever sent you the link knows it.
          </p>
        </div>
        <Field label="PIN" error={problem}>
          {(control) => (
            <Input
              {...control}
              value={pin}
              onChange={({ target }) => {
                setPin(target.value.replace(/\D+/g, '').slice(0, 12));
                setProblem(undefined);
              }}
              inputMode="numeric"
              autoComplete="one-time-code"
              autoFocus
              className="h-11 text-center text-lg tabular-nums tracking-[0.4em] sm:text-lg"
            />
          )}
        </Field>
        <Button type="submit" variant="primary" size="lg" busy={busy} disabled={pin.length < 4}>
          See the photos
        </Button>
      </form>
    </main>
  );
}
