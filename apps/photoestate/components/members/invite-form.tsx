'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@repo/ui/card';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { toast } from '@repo/ui/toaster';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { type Role, rolesFor, wordsOf } from './role-words.ts';
import { useRefreshMembers } from './use-members.ts';

const Wish = z.object({
  email: z.email('Expected an address such as ann@example.com.'),
  role: z.enum(['owner', 'admin', 'agent', 'client']),
});

/** Asks for an address and a role; the link is among the open invitations then. */
export function InviteForm({ organizationId, mine }: { organizationId: string; mine: Role }) {
  const trpc = useTRPC();
  const refresh = useRefreshMembers(organizationId);
  const invite = useMutation(trpc.member.invite.mutationOptions());
  const form = useForm({
    resolver: zodResolver(Wish),
    defaultValues: { email: '', role: 'agent' as const },
  });
  const role = form.watch('role');
  const submit = form.handleSubmit(async (wish) => {
    const made = await invite.mutateAsync({ organizationId, ...wish }).catch(() => undefined);
    if (!made) return;
    form.reset();
    toast.success('The invitation is ready', { description: `Send its link to ${wish.email}.` });
    await refresh();
  });
  return (
    <Card aria-labelledby="invite-title">
      <CardHeader titleId="invite-title" title="Invite somebody" />
      <form noValidate onSubmit={(event) => void submit(event)}>
        <CardBody className="flex flex-col gap-4">
          {invite.error ? (
            <Alert tone="danger" live>
              {describeError(invite.error).message}
            </Alert>
          ) : null}
          <div className="grid gap-4 sm:grid-cols-[1fr_14rem]">
            <Field label="Mail address" error={form.formState.errors.email?.message}>
              {(control) => (
                <Input
                  {...control}
                  {...form.register('email')}
                  type="email"
                  autoComplete="off"
                  placeholder="ann@example.com"
                />
              )}
            </Field>
            <Field label="Role">
              {(control) => (
                <Select {...control} {...form.register('role')}>
                  {rolesFor(mine).map((each) => (
                    <option key={each.role} value={each.role}>
                      {each.label}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </div>
        </CardBody>
        <CardFooter>
          <span>{wordsOf(role)?.may}</span>
          <Button type="submit" variant="primary" busy={invite.isPending}>
            Create invitation
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}
