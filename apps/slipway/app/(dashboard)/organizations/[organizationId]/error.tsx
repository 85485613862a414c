'use client';

import { PageError } from '../../../../components/page-error.tsx';

/** One page of the organization failed: its name and its other pages stay. */
export default function OrganizationPageError(props: { error: unknown; retry: () => void }) {
  return <PageError {...props} headingLevel={2} />;
}
