'use client';

import { NoticeBell } from '@repo/ui/notice-bell';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { describeError, useTRPCClient } from '../../lib/trpc.ts';

/** The bell of the top bar. */
export function Notices() {
  const router = useRouter();
  const client = useTRPCClient();
  const api = useMemo(() => client.notice, [client]);
  return (
    <NoticeBell
      api={api}
      wordsOf={(error) => describeError(error).message}
      settingsHref="/account#notifications"
      onVisit={(path) => router.push(path)}
    />
  );
}
