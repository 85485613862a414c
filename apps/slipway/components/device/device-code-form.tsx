'use client';

import { Button } from '@repo/ui/button';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { type FormEvent, useState } from 'react';
import { describeError } from '../../lib/trpc.ts';

type Props = { code: string; error: unknown; onCode: (code: string) => void };

export function DeviceCodeForm({ code: initial, error, onCode }: Props) {
  const [code, setCode] = useState(initial);
  const isWhole = code.replace(/[^a-z]/gi, '').length === 8;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWhole) onCode(code);
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <div>
        <h1 className="font-semibold text-xl">Authorize the CLI</h1>
        <p className="mt-1 text-muted-foreground text-sm">
          Run <code className="font-mono">slipway login</code>, and type the code that it shows.
        </p>
      </div>
      <Field label="Code" error={error ? describeError(error).message : undefined}>
        {(control) => (
          <Input
            {...control}
            className="h-11 text-center font-mono text-lg uppercase tracking-widest"
            value={code}
            onChange={(event) => setCode(event.target.value)}
            autoComplete="off"
            autoCapitalize="characters"
            autoFocus
            spellCheck={false}
            maxLength={12}
            placeholder="BCDF-GHJK"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" disabled={!isWhole}>
        Continue
      </Button>
    </form>
  );
}
