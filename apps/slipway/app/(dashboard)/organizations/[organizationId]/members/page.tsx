import type { Metadata } from 'next';
import { MembersPanel } from '../../../../../components/members/members-panel.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Members' };

type Props = { params: Promise<{ organizationId: string }> };

export default async function MembersPage({ params }: Props) {
  const { organizationId } = await params;
  await requireSession(`/organizations/${encodeURIComponent(organizationId)}/members`);
  return <MembersPanel organizationId={organizationId} />;
}
