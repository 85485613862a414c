import type { Metadata } from 'next';
import { KeysPage } from '../../../../../components/keys/keys-page.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'API keys' };

type Props = { params: Promise<{ organizationId: string }> };

export default async function Keys({ params }: Props) {
  const { organizationId } = await params;
  await requireSession(`/organizations/${encodeURIComponent(organizationId)}/keys`);
  return <KeysPage organizationId={organizationId} />;
}
