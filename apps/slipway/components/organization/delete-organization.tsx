'use client';

import { formatBytes, formatNumber } from '@repo/ui/format';
import { DeleteCard } from '@repo/ui/panel/delete-card';
import { useMutation } from '@tanstack/react-query';
import { describeError, type OrganizationDetails, useTRPC } from '../../lib/trpc.ts';

const counted = (times: number, what: string) =>
  `${formatNumber(times)} ${what}${times === 1 ? '' : 's'}`;

/** Says what goes with it before it asks for the name. */
export function DeleteOrganization({ organization }: { organization: OrganizationDetails }) {
  const { id, name, projects, files, bytes } = organization;
  const trpc = useTRPC();
  const remove = useMutation(
    trpc.organization.delete.mutationOptions({
      // Everything that the page knows of it is gone.
      onSuccess: () => window.location.assign('/dashboard'),
    }),
  );
  const what = `${counted(projects.length, 'project')} with ${counted(files, 'file')} (${formatBytes(bytes)})`;
  return (
    <DeleteCard
      label="Delete organization"
      question={`Delete ${name}?`}
      warning={`All of it is erased, ${what}, and every key, link and membership ends now. This cannot be undone.`}
      named={name}
      busy={remove.isPending || remove.isSuccess}
      error={remove.error ? describeError(remove.error).message : undefined}
      onDelete={() => remove.mutate({ organizationId: id, confirmName: name })}
    >
      <li>At once its keys let nobody in, no file is served, and nobody is a member.</li>
      <li>
        Then all of it is erased, {what}: in Slipway’s storage and in buckets that you connected.
        One that cannot be reached for seven days keeps what is in it.
      </li>
      <li>Open invitations are void. The audit log stays with whoever runs this Slipway.</li>
    </DeleteCard>
  );
}
