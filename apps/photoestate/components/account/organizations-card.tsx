'use client';

import { Button } from '@repo/ui/button';
import { Card, CardHeader } from '@repo/ui/card';
import Link from 'next/link';
import type { Me } from '../../lib/trpc.ts';

/** Where somebody belongs, and the ways to what they may look after there. */
export function OrganizationsCard({ organizations }: { organizations: Me['organizations'] }) {
  return (
    <Card aria-labelledby="organizations-title">
      <CardHeader
        titleId="organizations-title"
        title="Organizations"
        description="Listings belong to them. What you may do there follows from your role."
      />
      <ul className="divide-y border-t">
        {organizations.map(({ id, name, role, permissions }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3">
            <div className="min-w-0 flex-1 basis-40">
              <p className="truncate font-medium text-sm">{name}</p>
              <p className="text-muted-foreground text-sm">You are {role} here.</p>
            </div>
            <div className="flex gap-2">
              {permissions.includes('listing.read') ? (
                <Button asChild>
                  <Link href={`/organizations/${id}/members`} aria-label={`Members of ${name}`}>
                    Members
                  </Link>
                </Button>
              ) : null}
              {permissions.includes('organization.manage') ? (
                <Button asChild>
                  <Link href={`/organizations/${id}/settings`} aria-label={`Settings of ${name}`}>
                    Settings
                  </Link>
                </Button>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
