'use client';

import { PageError } from '../../components/page-error.tsx';

export default function DashboardError(props: { error: unknown; retry: () => void }) {
  return <PageError {...props} />;
}
