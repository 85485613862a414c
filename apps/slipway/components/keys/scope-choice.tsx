'use client';

import { Checkbox } from '@repo/ui/checkbox';
import { FieldError, Fieldset } from '@repo/ui/field';
import { useId } from 'react';
import type { ApiKey } from '../../lib/trpc.ts';
import { SCOPES } from './key-words.ts';

type Scopes = ApiKey['scopes'];

type Props = {
  value: Scopes;
  onChange: (scopes: Scopes) => void;
  error: string | undefined;
};

/** Full access holds the others, so they show as chosen with it. */
export function ScopeChoice({ value, onChange, error }: Props) {
  const id = useId();
  const isFull = value.includes('admin');
  return (
    <Fieldset legend="Permissions">
      {SCOPES.map(({ scope, label, allows }) => {
        const implied = isFull && scope !== 'admin';
        return (
          <div key={scope} className="flex items-start gap-2.5">
            <Checkbox
              id={`${id}-${scope}`}
              className="mt-0.5"
              aria-describedby={`${id}-${scope}-allows`}
              checked={implied || value.includes(scope)}
              disabled={implied}
              onCheckedChange={(checked) =>
                onChange(
                  checked === true ? [...value, scope] : value.filter((each) => each !== scope),
                )
              }
            />
            <div className="text-sm leading-5">
              <label htmlFor={`${id}-${scope}`} className="font-medium">
                {label}
              </label>
              <p id={`${id}-${scope}-allows`} className="text-muted-foreground text-xs leading-4">
                {allows}
              </p>
            </div>
          </div>
        );
      })}
      {error ? <FieldError>{error}</FieldError> : null}
    </Fieldset>
  );
}
