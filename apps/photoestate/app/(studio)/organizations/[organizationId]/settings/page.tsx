import type { Metadata } from 'next';
import { OrganizationSettingsPage } from '../../../../../components/organization/settings-page.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Organization settings' };

type Props = { params: Promise<{ organizationId: string }> };

export default async function SettingsPage({ params }: Props) {
  const { organizationId } = await params;
  await requireSession(`/organizations/${encodeURIComponent(organizationId)}/settings`);
  return <OrganizationSettingsPage organizationId={organizationId} />;
}
