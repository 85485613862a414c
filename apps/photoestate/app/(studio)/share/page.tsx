import type { Metadata } from 'next';
import { SharedPhotos } from '../../../components/share/shared-photos.tsx';
import { requireSession } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Shared photos' };

/** Photos that another app shared to this one. */
export default async function SharePage() {
  const { userId } = await requireSession('/share');
  return <SharedPhotos userId={userId} />;
}
