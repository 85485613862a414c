'use client';

import { CopyButton } from '@repo/ui/copy-button';
import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type OrganizationDetails, useTRPC } from '../../lib/trpc.ts';
import { useOrganization } from '../dashboard/use-organization.ts';
import { NameCard } from '../panel/name-form.tsx';
import { Problem } from '../panel/problem.tsx';
import { DeleteOrganization } from './delete-organization.tsx';
import { LeaveOrganization } from './leave-organization.tsx';
import { TransferOwnership } from './transfer-ownership.tsx';

/** What an organization is called, and how it goes on, or ends, without somebody. */
export function OrganizationSettings({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const organization = useQuery(trpc.organization.get.queryOptions({ organizationId }));
  const members = useQuery(trpc.member.list.queryOptions({ organizationId }));
  const { organizations } = useOrganization();
  const permissions = organizations.find(({ id }) => id === organizationId)?.permissions ?? [];
  const failed = [organization, members].find(({ isError, data }) => isError && !data);
  if (failed) return <Problem query={failed} what="The settings" />;
  const mayTransfer = permissions.includes('organization.transfer');
  return (
    <>
      <PageHeader
        title="Settings"
        description={
          <span className="-my-1 flex items-center gap-1">
            <code className="truncate font-mono text-xs">{organizationId}</code>
            <CopyButton
              value={organizationId}
              label="Copy organization id"
              className="text-muted-foreground"
            />
          </span>
        }
      />
      {organization.data && members.data ? (
        <div className="flex max-w-3xl flex-col gap-6 pt-6">
          <RenameOrganization
            organization={organization.data}
            mayChange={permissions.includes('organization.manage')}
          />
          {mayTransfer ? (
            <TransferOwnership organizationId={organizationId} found={members.data} />
          ) : null}
          <LeaveOrganization organization={organization.data} found={members.data} />
          {mayTransfer ? <DeleteOrganization organization={organization.data} /> : null}
        </div>
      ) : (
        <div aria-busy="true" className="flex max-w-3xl flex-col gap-6 pt-6">
          <Skeleton className="h-52 rounded-lg" />
          <Skeleton className="h-36 rounded-lg" />
          <Skeleton className="h-24 rounded-lg" />
        </div>
      )}
    </>
  );
}

type RenameProps = { organization: OrganizationDetails; mayChange: boolean };

function RenameOrganization({ organization: { id, name }, mayChange }: RenameProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const rename = useMutation(
    trpc.organization.rename.mutationOptions({
      onSuccess: async () => {
        await Promise.all([
          queries.invalidateQueries({ queryKey: trpc.organization.get.queryKey() }),
          queries.invalidateQueries({ queryKey: trpc.session.me.queryKey() }),
        ]);
        toast.success('Organization renamed');
      },
    }),
  );
  return (
    <NameCard
      key={name}
      label="Organization name"
      description={
        mayChange
          ? 'Shown to its members, and to those whom they invite.'
          : 'Shown to its members. Owners and admins can change it.'
      }
      name={name}
      mayChange={mayChange}
      saving={rename}
      onName={(next) => rename.mutate({ organizationId: id, name: next })}
    />
  );
}
