import type { Metadata } from 'next';
import { AdminCredits } from '../../../../components/admin/credits-panel.tsx';
import { requireSession } from '../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Credits of this server' };

export default async function AdminCreditsPage() {
  await requireSession('/admin/credits');
  return <AdminCredits />;
}
