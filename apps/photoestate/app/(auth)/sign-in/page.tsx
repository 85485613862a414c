import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '../../../components/auth/sign-in-form.tsx';
import { safeNextPath } from '../../../lib/next-path.ts';
import { getSession } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const next = safeNextPath((await searchParams).next);
  if (await getSession()) redirect(next);
  return <SignInForm next={next} />;
}
