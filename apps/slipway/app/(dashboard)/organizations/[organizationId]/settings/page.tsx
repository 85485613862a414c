import type { Metadata } from 'next';
import { OrganizationSettings } from '../../../../../components/organization/settings-panel.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Organization settings' };

type Props = { params: Promise<{ organizationId: string }> };

export default async function OrganizationSettingsPage({ params }: Props) {
  const { organizationId } = await params;
  await requireSession(`/organizations/${encodeURIComponent(organizationId)}/settings`);
  return <OrganizationSettings organizationId={organizationId} />;
}
