import { AuthShell } from '@repo/ui/auth/auth-shell';
import { PhotoEstateLogo } from '@repo/ui/logo';
import { type InvitationPageProps, readInvitationLink } from '@repo/ui/members/invitation-link';
import type { Metadata } from 'next';
import Link from 'next/link';
import { ApiProvider } from '../../../../components/api-provider.tsx';
import { AcceptInvitation } from '../../../../components/members/accept-invitation.tsx';
import { getSession } from '../../../../lib/session.ts';

// The address is a secret until somebody used it.
export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

/** Whoever has the link sees what it offers before they sign in, or up. */
export default async function InvitationPage(props: InvitationPageProps) {
  const session = await getSession();
  const offer = <AcceptInvitation {...(await readInvitationLink(props))} email={session?.email} />;
  if (session) return <div className="px-4">{offer}</div>;
  const brand = (
    <Link href="/" className="rounded-md">
      <PhotoEstateLogo />
    </Link>
  );
  return (
    <AuthShell wide brand={brand}>
      <ApiProvider>{offer}</ApiProvider>
    </AuthShell>
  );
}
