'use client';

import { PageError } from '../../../../components/page-error.tsx';

/** One page of the project failed: its name and its other pages stay. */
export default function ProjectPageError(props: { error: unknown; retry: () => void }) {
  return <PageError {...props} headingLevel={2} />;
}
