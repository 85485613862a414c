'use client';

import { Button } from '@repo/ui/button';
import { toast } from '@repo/ui/toaster';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { describeError, useTRPC } from '../../lib/trpc.ts';

function save(csv: string) {
  const address = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `credits-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}

/** The ledger as a file for spreadsheets. */
export function ExportCredits({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const all = useMutation(
    trpc.credit.export.mutationOptions({
      onSuccess: ({ csv, isWhole }) => {
        save(csv);
        if (!isWhole) toast.warning('The latest 10,000 entries were exported');
      },
      onError: (error) =>
        void toast.error('Nothing was exported', { description: describeError(error).message }),
    }),
  );
  return (
    <Button busy={all.isPending} onClick={() => all.mutate({ organizationId })}>
      <Download />
      Export CSV
    </Button>
  );
}
