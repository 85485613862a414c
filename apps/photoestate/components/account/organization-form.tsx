'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@repo/ui/card';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { describeError, useTRPC } from '../../lib/trpc.ts';

const Rename = z.object({
  name: z.string().trim().min(1, 'Expected a name.').max(80, 'Expected at most 80 characters.'),
});

type Props = {
  organization: { id: string; name: string; role: string; permissions: readonly string[] };
};

export function OrganizationForm({ organization }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const rename = useMutation(trpc.organization.rename.mutationOptions());
  const form = useForm({
    resolver: zodResolver(Rename),
    defaultValues: { name: organization.name },
  });
  const mayRename = organization.permissions.includes('organization.manage');

  const submit = form.handleSubmit(async ({ name }) => {
    const done = await rename
      .mutateAsync({ organizationId: organization.id, name })
      .then(() => true)
      .catch(() => false);
    if (!done) return;
    form.reset({ name });
    toast.success('Organization renamed');
    void queries.invalidateQueries({ queryKey: trpc.session.me.queryKey() });
  });

  return (
    <Card aria-labelledby={organization.id}>
      <CardHeader
        title="Organization"
        titleId={organization.id}
        description="Listings belong to it. What its members see of them follows from their roles."
        actions={
          organization.permissions.includes('listing.read') ? (
            <Button asChild size="sm">
              <Link href={`/organizations/${organization.id}/members`}>Members</Link>
            </Button>
          ) : undefined
        }
      />
      <form noValidate onSubmit={(event) => void submit(event)}>
        <CardBody className="flex flex-col gap-4">
          {rename.error ? (
            <Alert tone="danger" live>
              {describeError(rename.error).message}
            </Alert>
          ) : null}
          <Field label="Name" error={form.formState.errors.name?.message}>
            {(control) => (
              <Input
                {...control}
                {...form.register('name')}
                autoComplete="organization"
                readOnly={!mayRename}
              />
            )}
          </Field>
        </CardBody>
        <CardFooter>
          <span>
            {mayRename ? `You are ${organization.role} here.` : 'Only an admin can rename it.'}
          </span>
          <Button
            type="submit"
            variant="primary"
            busy={rename.isPending}
            disabled={!form.formState.isDirty}
          >
            Save
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}
