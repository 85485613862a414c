import type { Metadata } from 'next';
import { Credits } from '../../../components/credits/credits.tsx';
import { requireSession } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Credits' };

export default async function CreditsPage() {
  await requireSession('/credits');
  return <Credits />;
}
