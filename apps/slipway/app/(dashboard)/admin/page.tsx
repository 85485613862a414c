import type { Metadata } from 'next';
import { AdminOrganizations } from '../../../components/admin/organizations-panel.tsx';
import { requireSession } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Organizations of this server' };

export default async function AdminPage() {
  await requireSession('/admin');
  return <AdminOrganizations />;
}
