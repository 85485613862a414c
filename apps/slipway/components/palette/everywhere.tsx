'use client';

import { useSignOut } from '@repo/ui/auth/sign-out';
import { useTheme } from '@repo/ui/theme';
import { useRouter } from 'next/navigation';
import { useOrganization } from '../dashboard/use-organization.ts';
import { organizationTabs } from '../organization/organization-tabs.tsx';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';

const GO = 'Go to';

/** What can be done and gone to from every page of the dashboard. */
export function Everywhere() {
  const router = useRouter();
  const leave = useSignOut();
  const { theme, setTheme } = useTheme();
  const { organization, session } = useOrganization();
  const go = (label: string, path: string, keys: readonly string[] = []) => ({
    id: `go ${path}`,
    keys,
    label,
    group: GO,
    run: () => router.push(path),
  });
  const id = encodeURIComponent(organization?.id ?? '');
  useShortcuts([
    go('Projects', organization ? `/dashboard?org=${id}` : '/dashboard', ['g p']),
    ...(organization
      ? organizationTabs.map(({ path, label }) => go(label, `/organizations/${id}${path}`))
      : []),
    go('Account', '/account'),
    go('Notifications', '/settings/notifications', ['g n']),
    ...(session.data?.isInstallationAdmin ? [go('Outbox', '/outbox')] : []),
    go('Documentation', '/docs', ['g d']),
    ...(['light', 'dark', 'system'] as const).map((each) => ({
      id: `theme ${each}`,
      keys: [],
      label:
        each === 'system' ? 'Theme of the system' : `${each === 'dark' ? 'Dark' : 'Light'} theme`,
      group: 'Account',
      run: () => setTheme(each),
      when: () => theme !== each,
    })),
    { id: 'sign-out', keys: [], label: 'Sign out', group: 'Account', run: () => leave() },
  ]);
  return null;
}
