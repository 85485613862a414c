'use client';

import { Button } from '@repo/ui/button';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Lock, LockKeyhole } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { type Door, type Gallery, GalleryError, openGallery } from '../../lib/gallery/api.ts';
import { clockWords, waitWords } from '../../lib/gallery/wait-words.ts';

function wordsFor(error: unknown): string {
  if (!(error instanceof GalleryError)) return 'Something went wrong. Try again.';
  if (error.code === 'pin_wrong') return 'That is not the PIN of these photos.';
  if (error.code === 'rate_limited') {
    return `Too many tries. You can try again in ${waitWords(error.retryAfter ?? 60)}.`;
  }
  return error.message;
}

const digitsOf = (typed: string) => typed.replace(/\D+/g, '').slice(0, 12);

const AGAIN = 'You can try again now.';

type Props = {
  door: Door;
  onOpen: (gallery: Gallery) => void;
  /** The link ended while the page was open. */
  onGone: () => void;
};

/** Says nothing of what is behind it. */
export function PinForm({ door, onOpen, onGone }: Props) {
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isLocked, setLocked] = useState(false);
  const [busy, setBusy] = useState(false);
  const { left, isOver, wait } = useCountdown();
  const input = useRef<HTMLInputElement>(null);
  const refuse = (error: unknown) => {
    const { code, retryAfter } = error instanceof GalleryError ? error : {};
    setBusy(false);
    if (code === 'not_found') return onGone();
    if (code === 'pin_locked') return setLocked(true);
    setProblem(wordsFor(error));
    if (code === 'rate_limited') wait(retryAfter ?? 60);
    // The next one is typed over it.
    input.current?.select();
  };
  // Typed before the page's script ran, it is in the field already.
  useEffect(() => setPin(digitsOf(input.current?.value ?? '')), []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || left > 0 || pin.length < 4) return;
    setBusy(true);
    setProblem(undefined);
    wait(0);
    await openGallery(door, pin).then(onOpen, refuse);
  };
  if (isLocked) {
    return (
      <LockedPage
        onAgain={() => {
          setPin('');
          setLocked(false);
        }}
      />
    );
  }
  return (
    <Page
      icon={<LockKeyhole />}
      title="These photos need a PIN"
      words="Whoever sent you the link knows it."
    >
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
        <Field label="PIN" error={isOver ? undefined : problem} hint={isOver ? AGAIN : undefined}>
          {(control) => (
            <Input
              {...control}
              ref={input}
              value={pin}
              onChange={({ target }) => {
                setPin(digitsOf(target.value));
                if (left > 0) return;
                setProblem(undefined);
                wait(0);
              }}
              inputMode="numeric"
              autoComplete="one-time-code"
              autoFocus
              className="h-11 text-center text-lg tabular-nums tracking-[0.4em] sm:text-lg"
            />
          )}
        </Field>
        <p aria-live="polite" className="sr-only">
          {isOver ? AGAIN : ''}
        </p>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          busy={busy}
          disabled={pin.length < 4 || left > 0}
        >
          {left > 0 ? (
            <span className="tabular-nums">Try again in {clockWords(left)}</span>
          ) : (
            'See the photos'
          )}
        </Button>
      </form>
    </Page>
  );
}

/** So many guesses were wrong that no PIN is taken any more. */
function LockedPage({ onAgain }: { onAgain: () => void }) {
  return (
    <Page
      icon={<Lock />}
      title="These photos are locked"
      words="Too many wrong PINs were tried at this link, so its PIN opens nothing any more. Whoever sent you the link has been told; ask them for a new PIN."
      takesFocus
    >
      <Button size="lg" onClick={onAgain}>
        I have a new PIN
      </Button>
    </Page>
  );
}

type PageProps = {
  icon: ReactNode;
  title: string;
  words: string;
  /** It came in place of what had the focus. */
  takesFocus?: boolean;
  children: ReactNode;
};

function Page({ icon, title, words, takesFocus = false, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <main className="flex min-h-dvh items-center justify-center p-6">
      <div className="flex w-full max-w-80 flex-col gap-5">
        <div className="flex flex-col items-center gap-3 text-center">
          <span
            aria-hidden="true"
            className="flex size-10 items-center justify-center rounded-full border bg-card text-muted-foreground [&_svg]:size-5"
          >
            {icon}
          </span>
          <h1
            ref={heading}
            tabIndex={takesFocus ? -1 : undefined}
            aria-describedby={id}
            className="font-semibold text-lg outline-none"
          >
            {title}
          </h1>
          <p id={id} className="text-balance text-muted-foreground text-sm">
            {words}
          </p>
        </div>
        {children}
      </div>
    </main>
  );
}

/** How many seconds are left, and whether there were any; a wait of none forgets the last one. */
function useCountdown() {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  const left = Math.max(0, (until - now) / 1000);
  const isRunning = left > 0;
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  const wait = (seconds: number) => {
    setNow(Date.now());
    setUntil(seconds === 0 ? 0 : Date.now() + seconds * 1000);
  };
  return { left, isOver: until > 0 && !isRunning, wait };
}
