import type { Metadata } from 'next';
import { AuditLog } from '../../../../../components/audit/audit-log.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Audit log' };

type Props = { params: Promise<{ organizationId: string }> };

export default async function AuditPage({ params }: Props) {
  const { organizationId } = await params;
  await requireSession(`/organizations/${encodeURIComponent(organizationId)}/audit`);
  return <AuditLog organizationId={organizationId} />;
}
