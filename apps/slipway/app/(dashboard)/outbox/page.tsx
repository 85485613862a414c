import type { Metadata } from 'next';
import { OutboxPanel } from '../../../components/outbox/outbox-panel.tsx';
import { requireSession } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Outbox', referrer: 'no-referrer' };

export default async function OutboxPage() {
  await requireSession('/outbox');
  return <OutboxPanel />;
}
