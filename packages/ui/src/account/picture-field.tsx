'use client';

import { type ReactNode, useId, useRef } from 'react';
import { Button } from '../button.tsx';
import { FieldError } from '../field.tsx';

type Props = {
  label: string;
  hint: string;
  accept?: string;
  /** As it is now. */
  shown: ReactNode;
  hasPicture: boolean;
  busy: boolean;
  /** Why the last one was not taken. */
  error: string | undefined;
  onChoose: (file: File) => void;
  onRemove: () => void;
};

/** One picture that can be replaced and removed. */
export function PictureField(props: Props) {
  const { label, hint, shown, hasPicture, busy, error, onChoose, onRemove } = props;
  const { accept = 'image/jpeg,image/png,image/webp,image/avif' } = props;
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  return (
    <fieldset aria-labelledby={id} className="flex min-w-0 items-center gap-4">
      {shown}
      <div className="min-w-0">
        <p id={id} className="font-medium text-sm">
          {label}
        </p>
        <p className="text-muted-foreground text-xs">{hint}</p>
        <div className="mt-2 flex gap-2">
          <input
            ref={input}
            type="file"
            accept={accept}
            aria-label={`${label}: choose a file`}
            tabIndex={-1}
            className="sr-only"
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              target.value = '';
              if (file) onChoose(file);
            }}
          />
          <Button busy={busy} onClick={() => input.current?.click()}>
            {hasPicture ? 'Replace' : 'Upload'}
          </Button>
          {hasPicture ? (
            <Button variant="ghost" disabled={busy} onClick={onRemove}>
              Remove
            </Button>
          ) : null}
        </div>
        {error ? (
          <div className="mt-2">
            <FieldError>{error}</FieldError>
          </div>
        ) : null}
      </div>
    </fieldset>
  );
}
