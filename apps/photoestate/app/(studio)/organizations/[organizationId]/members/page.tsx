import type { Metadata } from 'next';
import { MembersPage } from '../../../../../components/members/members-page.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Members' };

type Props = { params: Promise<{ organizationId: string }> };

export default async function Members({ params }: Props) {
  const { organizationId } = await params;
  await requireSession(`/organizations/${encodeURIComponent(organizationId)}/members`);
  return <MembersPage organizationId={organizationId} />;
}
