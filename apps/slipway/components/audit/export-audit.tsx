'use client';

import { Button } from '@repo/ui/button';
import { toast } from '@repo/ui/toaster';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import type { useAuditFilters } from './use-audit-filters.ts';

type Props = { input: ReturnType<typeof useAuditFilters>['input'] };

function save(csv: string) {
  const address = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `audit-log-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}

/** What is shown, and all pages of it, as a file. */
export function ExportAudit({ input }: Props) {
  const trpc = useTRPC();
  const all = useMutation(
    trpc.audit.export.mutationOptions({
      onSuccess: ({ csv, isWhole }) => {
        save(csv);
        if (!isWhole)
          toast.error('The latest 10,000 entries were exported', {
            description: 'Choose days to get the others.',
          });
      },
      onError: (error) =>
        toast.error('Nothing was exported', { description: describeError(error).message }),
    }),
  );
  return (
    <Button busy={all.isPending} onClick={() => all.mutate(input)}>
      <Download />
      Export CSV
    </Button>
  );
}
