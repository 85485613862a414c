'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { Dialog, DialogBody, DialogContent, DialogSubmit } from '@repo/ui/dialog';
import { Field } from '@repo/ui/field';
import { formatNumber } from '@repo/ui/format';
import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { type CreditHolder, describeError, useTRPC } from '../../lib/trpc.ts';

const MOST = 1_000_000;
const Form = z.object({
  credits: z.coerce
    .number<string>({ error: 'Expected a number.' })
    .int('Expected a whole number.')
    .min(1, 'Expected at least 1.')
    .max(MOST, `Expected at most ${formatNumber(MOST)}.`),
  reason: z
    .string()
    .trim()
    .min(1, 'Expected a reason, in words for those who get them.')
    .max(200, 'Expected at most 200 characters.'),
  days: z.string().regex(/^\d{0,3}$/),
});

const LASTS = [
  ['', 'Never expire'],
  ['30', 'Expire after 30 days'],
  ['90', 'Expire after 90 days'],
  ['365', 'Expire after a year'],
] as const;

type Props = { holder: CreditHolder; onClose: () => void };

export function GiveCreditsDialog({ holder, onClose }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  // The same for every try of this dialog: credits that were given, though the answer was lost, are given once.
  const [reference] = useState(() => crypto.randomUUID());
  const give = useMutation(
    trpc.installation.giveCredits.mutationOptions({
      onSuccess: async (_, { credits }) => {
        toast.success(`${formatNumber(credits)} given to ${holder.name}`);
        onClose();
        await Promise.all([
          queries.invalidateQueries({ queryKey: trpc.installation.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.credit.pathKey() }),
        ]);
      },
    }),
  );
  const form = useForm({
    resolver: zodResolver(Form),
    defaultValues: { credits: '', reason: '', days: '' },
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit(({ credits, reason, days }) =>
    give.mutate({
      ...{ organizationId: holder.id, credits, reason, reference },
      days: days === '' ? null : Number(days),
    }),
  );
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent title={`Give credits to ${holder.name}`} description={holder.ownerEmail}>
        <form noValidate onSubmit={(event) => void submit(event)}>
          <DialogBody>
            {give.error ? (
              <Alert tone="danger" live>
                {describeError(give.error).message}
              </Alert>
            ) : null}
            <Field label="Credits" error={errors.credits?.message}>
              {(control) => (
                <Input
                  {...control}
                  {...form.register('credits')}
                  inputMode="numeric"
                  autoComplete="off"
                  autoFocus
                />
              )}
            </Field>
            <Field
              label="Reason"
              hint="Its members read it in their ledger."
              error={errors.reason?.message}
            >
              {(control) => (
                <Input
                  {...control}
                  {...form.register('reason')}
                  maxLength={200}
                  autoComplete="off"
                />
              )}
            </Field>
            <Field label="How long">
              {(control) => (
                <Select {...control} {...form.register('days')}>
                  {LASTS.map(([days, title]) => (
                    <option key={days} value={days}>
                      {title}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </DialogBody>
          <DialogSubmit busy={give.isPending}>Give credits</DialogSubmit>
        </form>
      </DialogContent>
    </Dialog>
  );
}
