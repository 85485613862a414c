'use client';

import { PageError } from '../../components/page-error.tsx';

export default function StudioError(props: { error: unknown; retry: () => void }) {
  return <PageError {...props} />;
}
