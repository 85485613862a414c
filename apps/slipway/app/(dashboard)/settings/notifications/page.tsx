import type { Metadata } from 'next';
import { NotificationsPanel } from '../../../../components/notifications/notifications-panel.tsx';
import { requireSession } from '../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Notifications' };

export default async function NotificationsPage() {
  await requireSession('/settings/notifications');
  return <NotificationsPanel />;
}
