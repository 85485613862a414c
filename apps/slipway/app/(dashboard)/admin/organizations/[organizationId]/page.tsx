import type { Metadata } from 'next';
import { AdminOrganization } from '../../../../../components/admin/organization-panel.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Plan and limits' };

type Props = { params: Promise<{ organizationId: string }> };

export default async function AdminOrganizationPage({ params }: Props) {
  const { organizationId } = await params;
  await requireSession(`/admin/organizations/${encodeURIComponent(organizationId)}`);
  return <AdminOrganization organizationId={organizationId} />;
}
