import { SignInForm } from '@repo/ui/auth/sign-in-form';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { safeNextPath } from '../../../lib/next-path.ts';
import { getSession } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<{ next?: string | string[]; email?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const { next: wanted, email } = await searchParams;
  const next = safeNextPath(wanted);
  if (await getSession()) redirect(next);
  return (
    <SignInForm
      next={next}
      email={typeof email === 'string' ? email : ''}
      forgotHref="/forgot-password"
    />
  );
}
