import type { Metadata } from 'next';
import { OrganizationUsagePanel } from '../../../../../components/usage/organization-usage.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Plan and usage' };

export default async function OrganizationUsagePage({
  params,
}: {
  params: Promise<{ organizationId: string }>;
}) {
  const { organizationId } = await params;
  await requireSession(`/organizations/${encodeURIComponent(organizationId)}/usage`);
  return <OrganizationUsagePanel organizationId={organizationId} />;
}
