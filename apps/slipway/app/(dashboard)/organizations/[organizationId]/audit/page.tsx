import type { Metadata } from 'next';
import { Suspense } from 'react';
import { AuditLog } from '../../../../../components/audit/audit-log.tsx';
import { AuditSkeleton } from '../../../../../components/audit/audit-skeleton.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Audit log' };

type Props = { params: Promise<{ organizationId: string }> };

export default async function AuditPage({ params }: Props) {
  const { organizationId } = await params;
  await requireSession(`/organizations/${encodeURIComponent(organizationId)}/audit`);
  return (
    <Suspense fallback={<AuditSkeleton />}>
      <AuditLog organizationId={organizationId} />
    </Suspense>
  );
}
