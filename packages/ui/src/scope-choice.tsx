'use client';

import { useId } from 'react';
import { Checkbox } from './checkbox.tsx';
import { FieldError, Fieldset } from './field.tsx';

/** What a key may, as people are told of it. */
export type ScopeWords<S extends string> = { scope: S; label: string; allows: string };

export type ScopeChoiceProps<S extends string> = {
  scopes: readonly ScopeWords<S>[];
  value: readonly S[];
  onChange: (scopes: S[]) => void;
  error: string | undefined;
};

/** Full access holds the others, so they show as chosen with it. */
export function ScopeChoice<S extends string>(props: ScopeChoiceProps<S>) {
  const { scopes, value, onChange, error } = props;
  const id = useId();
  const chosen: readonly string[] = value;
  const isFull = chosen.includes('admin');
  return (
    <Fieldset legend="Permissions">
      {scopes.map(({ scope, label, allows }) => {
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
