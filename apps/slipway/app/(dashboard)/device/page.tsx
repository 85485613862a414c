import type { Metadata } from 'next';
import { DeviceLogin } from '../../../components/device/device-login.tsx';
import { requireSession } from '../../../lib/session.ts';

// A code in the address is good for minutes, and for nobody else.
export const metadata: Metadata = { title: 'Authorize the CLI', referrer: 'no-referrer' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function DevicePage({ searchParams }: Props) {
  const { code } = await searchParams;
  const given = typeof code === 'string' ? code : '';
  const { email } = await requireSession(
    given === '' ? '/device' : `/device?code=${encodeURIComponent(given)}`,
  );
  return <DeviceLogin code={given} email={email} />;
}
