'use client';

import { NameForm } from '@repo/ui/account/name-form';
import { Button } from '@repo/ui/button';
import { Card, CardBody } from '@repo/ui/card';
import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';
import { BrandingCard } from './branding-card.tsx';
import { DeliveryCard } from './delivery-card.tsx';

/** What an organization is called, how it looks to its clients, and what holds for what it delivers. */
export function OrganizationSettingsPage({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const settings = useQuery(trpc.organization.settings.queryOptions({ organizationId }));
  if (settings.error && !settings.data)
    return <LoadFailed title="The settings could not be loaded" queries={[settings]} />;
  const found = settings.data;
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8">
      <PageHeader
        title="Organization"
        description="Its name, how it looks to clients, and what holds for its deliveries."
        actions={
          <>
            <Button asChild>
              <Link href={`/organizations/${organizationId}/members`}>Members</Link>
            </Button>
            <Button asChild>
              <Link href={`/organizations/${organizationId}/keys`}>API keys</Link>
            </Button>
            <Button asChild>
              <Link href={`/organizations/${organizationId}/webhooks`}>Webhooks</Link>
            </Button>
          </>
        }
      />
      {found ? (
        <>
          <NameCard organizationId={organizationId} name={found.name} />
          <BrandingCard settings={found} />
          <DeliveryCard settings={found} />
        </>
      ) : (
        <div aria-busy="true" className="flex flex-col gap-6">
          <Skeleton className="h-36 rounded-lg" />
          <Skeleton className="h-112 rounded-lg" />
          <Skeleton className="h-48 rounded-lg" />
        </div>
      )}
    </div>
  );
}

function NameCard({ organizationId, name }: { organizationId: string; name: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const rename = useMutation(
    trpc.organization.rename.mutationOptions({
      onSuccess: async () => {
        toast.success('Organization renamed');
        await Promise.all([
          queries.invalidateQueries({ queryKey: trpc.session.me.queryKey() }),
          queries.invalidateQueries({ queryKey: trpc.organization.pathKey() }),
        ]);
      },
    }),
  );
  return (
    <Card aria-label="Name">
      <CardBody className="pt-5">
        <NameForm
          draft={organizationId}
          name={name}
          autoComplete="organization"
          busy={rename.isPending}
          error={rename.error ? describeError(rename.error).message : undefined}
          onSave={(next) =>
            rename.mutateAsync({ organizationId, name: next }).then(
              () => true,
              () => false,
            )
          }
        />
      </CardBody>
    </Card>
  );
}
