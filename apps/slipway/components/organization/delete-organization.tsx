'use client';

import { Button } from '@repo/ui/button';
import { Card, CardBody, CardHeader } from '@repo/ui/card';
import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { formatBytes, formatNumber } from '@repo/ui/format';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { describeError, type OrganizationDetails, useTRPC } from '../../lib/trpc.ts';

const counted = (times: number, what: string) =>
  `${formatNumber(times)} ${what}${times === 1 ? '' : 's'}`;

/** Says what goes with it before it asks for the name. */
export function DeleteOrganization({ organization }: { organization: OrganizationDetails }) {
  const { id, name, projects, files, bytes } = organization;
  const trpc = useTRPC();
  const button = useRef<HTMLButtonElement>(null);
  const [asking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.organization.delete.mutationOptions({
      // Everything that the page knows of it is gone.
      onSuccess: () => window.location.assign('/dashboard'),
    }),
  );
  const what = `${counted(projects.length, 'project')} with ${counted(files, 'file')} (${formatBytes(bytes)})`;
  return (
    <Card aria-labelledby="delete-title" className="border-danger/40">
      <CardHeader
        titleId="delete-title"
        title="Delete organization"
        description="This cannot be undone."
        actions={
          <Button ref={button} variant="danger-quiet" onClick={() => setAsking(true)}>
            Delete organization
          </Button>
        }
      />
      <CardBody>
        <ul className="flex list-disc flex-col gap-1 pl-5 text-muted-foreground text-sm">
          <li>At once its keys let nobody in, no file is served, and nobody is a member.</li>
          <li>
            Then all of it is erased, {what}: in Slipway’s storage and in buckets that you
            connected. One that cannot be reached for seven days keeps what is in it.
          </li>
          <li>Open invitations are void. The audit log stays with whoever runs this Slipway.</li>
        </ul>
      </CardBody>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        returnFocus={button.current}
        title={`Delete ${name}?`}
        description={`All of it is erased, ${what}, and every key, link and membership ends now. This cannot be undone.`}
        confirmLabel="Delete organization"
        typeToConfirm={name}
        busy={remove.isPending || remove.isSuccess}
        error={remove.error ? describeError(remove.error).message : undefined}
        onConfirm={() => remove.mutate({ organizationId: id, confirmName: name })}
      />
    </Card>
  );
}
