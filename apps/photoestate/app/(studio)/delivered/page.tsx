import type { Metadata } from 'next';
import { DeliveredList } from '../../../components/delivered/delivered-list.tsx';
import { requireSession } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Delivered to you' };

export default async function DeliveredPage() {
  await requireSession('/delivered');
  return <DeliveredList />;
}
