'use client';

import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import type { ChangeEvent } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { type ConnectForm, hintsOf, providers, withProvider } from './connect-schema.ts';

const plain = { autoComplete: 'off', autoCapitalize: 'off', spellCheck: false } as const;

/** Where the bucket is. */
export function ConnectFields({ form }: { form: UseFormReturn<ConnectForm> }) {
  const { errors } = form.formState;
  const hints = hintsOf[form.watch('provider')];
  const provider = form.register('provider');
  function changeProvider(event: ChangeEvent<HTMLSelectElement>) {
    const chosen = providers.find((name) => name === event.target.value) ?? 'other';
    // Errors of the former provider's fields go; what is still wrong is told with the next attempt.
    form.reset(withProvider(form.getValues(), chosen), { keepDirty: true, keepErrors: false });
  }
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
      <Field label="Provider">
        {(control) => (
          <Select {...control} {...provider} onChange={changeProvider} autoFocus>
            {providers.map((name) => (
              <option key={name} value={name}>
                {hintsOf[name].label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Name" hint="For you to know it by." error={errors.name?.message}>
        {(control) => (
          <Input {...control} {...form.register('name')} {...plain} placeholder="Media" />
        )}
      </Field>
      <Field label="Bucket" error={errors.bucket?.message}>
        {(control) => (
          <Input {...control} {...form.register('bucket')} {...plain} placeholder="my-app-media" />
        )}
      </Field>
      <Field label="Region" hint={hints.regionHint} error={errors.region?.message}>
        {(control) => <Input {...control} {...form.register('region')} {...plain} />}
      </Field>
      {hints.endpoint === null ? null : (
        <Field label="Endpoint" error={errors.endpoint?.message}>
          {(control) => (
            <Input
              {...control}
              {...form.register('endpoint')}
              {...plain}
              inputMode="url"
              placeholder={hints.endpoint ?? ''}
            />
          )}
        </Field>
      )}
      <Field label="Bucket’s name in its address">
        {(control) => (
          <Select {...control} {...form.register('addressing')}>
            <option value="host">In the host: bucket.host/key</option>
            <option value="path">In the path: host/bucket/key</option>
          </Select>
        )}
      </Field>
      <Field
        label="Pages that upload"
        aside="Optional"
        hint="Your app’s address, for the check of CORS."
        error={errors.origin?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...form.register('origin')}
            {...plain}
            inputMode="url"
            placeholder="https://app.example.com"
          />
        )}
      </Field>
    </div>
  );
}
