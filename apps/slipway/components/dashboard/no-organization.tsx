'use client';

import { Button } from '@repo/ui/button';
import { EmptyState } from '@repo/ui/empty-state';
import { Users } from 'lucide-react';
import { useState } from 'react';
import { NewOrganization } from './new-organization.tsx';

/** For somebody who left every organization, or was removed, or deleted the last one. */
export function NoOrganization() {
  const [naming, setNaming] = useState(false);
  return (
    <>
      <EmptyState
        headingLevel={1}
        icon={<Users />}
        title="You are in no organization"
        description="Projects belong to organizations. Begin one of your own, or open an invitation."
        action={
          <Button variant="primary" onClick={() => setNaming(true)}>
            Create organization
          </Button>
        }
      />
      {naming ? <NewOrganization onClose={() => setNaming(false)} /> : null}
    </>
  );
}
