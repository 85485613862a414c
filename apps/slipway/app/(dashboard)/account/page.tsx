import type { Metadata } from 'next';
import { Account } from '../../../components/account/account.tsx';
import { requireSession } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Account' };

export default async function AccountPage() {
  await requireSession('/account');
  return <Account />;
}
