import type { Metadata } from 'next';
import { OutboxPanel } from '../../../../components/admin/outbox-panel.tsx';
import { requireSession } from '../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Outbox' };

export default async function OutboxPage() {
  await requireSession('/admin/outbox');
  return <OutboxPanel />;
}
