'use client';

import { Button } from '@repo/ui/button';
import { Card, CardBody, CardHeader } from '@repo/ui/card';
import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';
import { leave } from '../studio/account-menu.tsx';
import { OrganizationForm } from './organization-form.tsx';

export function Account() {
  const trpc = useTRPC();
  const me = useQuery(trpc.session.me.queryOptions());
  if (me.error && !me.data) {
    return <LoadFailed title="Your account could not be loaded" queries={[me]} />;
  }
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8">
      <PageHeader title="Account" />
      <Card aria-labelledby="you">
        <CardHeader title="You" titleId="you" />
        <CardBody>
          <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
            <dt className="text-muted-foreground">Name</dt>
            <dd className="truncate">
              {me.data ? me.data.user.name : <Skeleton className="h-5 w-32" />}
            </dd>
            <dt className="text-muted-foreground">E-mail</dt>
            <dd className="truncate">
              {me.data ? me.data.user.email : <Skeleton className="h-5 w-48" />}
            </dd>
          </dl>
          <Button className="mt-5" onClick={() => void leave()}>
            <LogOut />
            Sign out
          </Button>
        </CardBody>
      </Card>
      {me.data ? (
        me.data.organizations.map((organization) => (
          <OrganizationForm key={organization.id} organization={organization} />
        ))
      ) : (
        <Skeleton className="h-52 w-full rounded-lg" />
      )}
    </div>
  );
}
