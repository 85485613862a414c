import { Unsubscribe } from '@repo/ui/auth/unsubscribe';
import type { Metadata } from 'next';
import { noticeName } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Unsubscribe', referrer: 'no-referrer' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function UnsubscribePage({ searchParams }: Props) {
  const query = await searchParams;
  return <Unsubscribe query={query} kindName={noticeName} settingsHref="/account#notifications" />;
}
