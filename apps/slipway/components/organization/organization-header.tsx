'use client';

import { Button } from '@repo/ui/button';
import { ErrorState } from '@repo/ui/error-state';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useOrganization } from '../dashboard/use-organization.ts';
import { OrganizationTabs } from './organization-tabs.tsx';

type Props = { organizationId: string; children: ReactNode };

/** Tabs of an organization above its pages; to others it does not exist. */
export function OrganizationHeader({ organizationId, children }: Props) {
  const { organizations, session } = useOrganization();
  const isMember = organizations.some(({ id }) => id === organizationId);
  if (session.data && !isMember) {
    return (
      <ErrorState
        headingLevel={1}
        title="This organization does not exist"
        message="It may have been deleted, or you are not one of its members."
        action={
          <Button asChild variant="primary">
            <Link href="/dashboard">All projects</Link>
          </Button>
        }
      />
    );
  }
  return (
    <>
      <OrganizationTabs organizationId={organizationId} />
      {children}
    </>
  );
}
