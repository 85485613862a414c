'use client';

import { signOut } from '@repo/ui/auth-client';
import { useTheme } from '@repo/ui/theme';
import { toast } from '@repo/ui/toaster';
import { useRouter } from 'next/navigation';
import { useOrganization } from '../dashboard/use-organization.ts';
import { organizationTabs } from '../organization/organization-tabs.tsx';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';

const GO = 'Go to';

export async function leave() {
  const result = await signOut();
  if (result.ok) window.location.assign('/');
  else toast.error('You are still signed in', { description: result.message });
}

/** What can be done and gone to from every page of the dashboard. */
export function Everywhere() {
  const router = useRouter();
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
    { id: 'sign-out', keys: [], label: 'Sign out', group: 'Account', run: () => void leave() },
  ]);
  return null;
}
