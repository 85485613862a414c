import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { getSession, isInstallationAdmin } from '../../../lib/session.ts';

/** For others than admins of the installation there is no such page. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  // The page itself sends visitors to sign in, and knows the way back.
  if ((await getSession()) && !(await isInstallationAdmin())) notFound();
  return children;
}
