'use client';

import { TabNav, TabNavItem } from '@repo/ui/tab-nav';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

export const organizationTabs = [
  { path: '/members', label: 'Members' },
  { path: '/audit', label: 'Audit log' },
  { path: '/usage', label: 'Plan and usage' },
  { path: '/settings', label: 'Settings' },
] as const;

/** What belongs to the organization and to none of its projects. */
export function OrganizationTabs({ organizationId }: { organizationId: string }) {
  const pathname = usePathname();
  const id = encodeURIComponent(organizationId);
  return (
    <TabNav aria-label="Organization" className="mb-6">
      <TabNavItem active={pathname === '/dashboard'}>
        <Link href={`/dashboard?org=${id}`}>Projects</Link>
      </TabNavItem>
      {organizationTabs.map(({ path, label }) => (
        <TabNavItem key={path} active={pathname === `/organizations/${id}${path}`}>
          <Link href={`/organizations/${id}${path}`}>{label}</Link>
        </TabNavItem>
      ))}
    </TabNav>
  );
}
