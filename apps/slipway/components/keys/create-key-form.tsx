'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { DialogBody, DialogSubmit } from '@repo/ui/dialog';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { ScopeChoice } from '@repo/ui/scope-choice';
import { Select } from '@repo/ui/select';
import { useMutation } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { type ApiKey, describeError, useTRPC } from '../../lib/trpc.ts';
import { thingName } from '../panel/name-form.tsx';
import { SCOPES } from './key-words.ts';
import { useRefreshKeys } from './use-keys.ts';

export type MadeKey = { secret: string; name: string; scopes: ApiKey['scopes'] };

const EXPIRIES = [
  { value: '0', label: 'Never' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
] as const;

const DAY_MS = 86_400_000;

const NewKey = z.object({
  name: thingName,
  environment: z.enum(['live', 'test']),
  scopes: z.array(z.enum(['upload', 'read', 'delete', 'admin'])).min(1, 'Expected at least one.'),
  expiresInDays: z.enum(['0', '30', '90', '365']),
});

type Props = { projectId: string; onMade: (made: MadeKey) => void };

export function CreateKeyForm({ projectId, onMade }: Props) {
  const trpc = useTRPC();
  const refresh = useRefreshKeys(projectId);
  const create = useMutation(trpc.apiKey.create.mutationOptions());
  const form = useForm({
    resolver: zodResolver(NewKey),
    defaultValues: {
      name: '',
      environment: 'live' as const,
      scopes: ['upload' as const, 'read' as const],
      expiresInDays: '0' as const,
    },
  });
  const submit = form.handleSubmit(async ({ expiresInDays, ...wish }) => {
    const days = Number(expiresInDays);
    const expiresAt = days === 0 ? null : new Date(Date.now() + days * DAY_MS);
    const made = await create.mutateAsync({ projectId, ...wish, expiresAt }).catch(() => undefined);
    if (!made) return;
    void refresh();
    onMade({ secret: made.key, name: wish.name, scopes: wish.scopes });
  });
  const { errors } = form.formState;
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <DialogBody>
        {create.error ? (
          <Alert tone="danger" live>
            {describeError(create.error).message}
          </Alert>
        ) : null}
        <Field label="Name" hint="Where it will be used." error={errors.name?.message}>
          {(control) => (
            <Input
              {...control}
              {...form.register('name')}
              autoComplete="off"
              autoFocus
              placeholder="Production web server"
            />
          )}
        </Field>
        <Controller
          control={form.control}
          name="scopes"
          render={({ field }) => (
            <ScopeChoice
              scopes={SCOPES}
              value={field.value}
              onChange={field.onChange}
              error={errors.scopes?.message}
            />
          )}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Environment">
            {(control) => (
              <Select {...control} {...form.register('environment')}>
                <option value="live">Live: sk_live_…</option>
                <option value="test">Test: sk_test_…</option>
              </Select>
            )}
          </Field>
          <Field label="Expires">
            {(control) => (
              <Select {...control} {...form.register('expiresInDays')}>
                {EXPIRIES.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
      </DialogBody>
      <DialogSubmit busy={create.isPending}>Create key</DialogSubmit>
    </form>
  );
}
