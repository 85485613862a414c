'use client';

import { mainId } from '@repo/ui/app-shell';
import { PageError } from '../components/page-error.tsx';

export default function RootError(props: { error: unknown; retry: () => void }) {
  return (
    <main id={mainId} className="flex min-h-dvh items-center justify-center">
      <PageError {...props} />
    </main>
  );
}
