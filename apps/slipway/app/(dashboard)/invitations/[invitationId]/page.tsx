import { AuthShell } from '@repo/ui/auth/auth-shell';
import { SlipwayLogo } from '@repo/ui/logo';
import type { Metadata } from 'next';
import Link from 'next/link';
import { ApiProvider } from '../../../../components/api-provider.tsx';
import { AcceptInvitation } from '../../../../components/members/accept-invitation.tsx';
import { getSession } from '../../../../lib/session.ts';

// The address is a secret until somebody used it.
export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

type Props = {
  params: Promise<{ invitationId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '');

/** Whoever has the link sees what it offers before they sign in, or up. */
export default async function InvitationPage({ params, searchParams }: Props) {
  const { invitationId } = await params;
  const query = await searchParams;
  const link = { expires: one(query['expires']), signature: one(query['signature']) };
  const here = `/invitations/${encodeURIComponent(invitationId)}?${new URLSearchParams(link)}`;
  const session = await getSession();
  const offer = (
    <AcceptInvitation link={{ invitationId, ...link }} email={session?.email} here={here} />
  );
  if (session) return offer;
  return (
    <AuthShell
      wide
      brand={
        <Link href="/" className="rounded-md">
          <SlipwayLogo />
        </Link>
      }
    >
      <ApiProvider>{offer}</ApiProvider>
    </AuthShell>
  );
}
