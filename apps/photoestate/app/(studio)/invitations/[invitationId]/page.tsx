import type { Metadata } from 'next';
import { AcceptInvitation } from '../../../../components/members/accept-invitation.tsx';
import { requireSession } from '../../../../lib/session.ts';

// The address is a secret until somebody used it.
export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

type Props = {
  params: Promise<{ invitationId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '');

export default async function InvitationPage({ params, searchParams }: Props) {
  const { invitationId } = await params;
  const query = await searchParams;
  const link = { expires: one(query['expires']), signature: one(query['signature']) };
  const search = new URLSearchParams(link).toString();
  const { email } = await requireSession(
    `/invitations/${encodeURIComponent(invitationId)}?${search}`,
  );
  return <AcceptInvitation link={{ invitationId, ...link }} email={email} />;
}
