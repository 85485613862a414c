'use client';

import { Input } from '@repo/ui/input';
import { Label } from '@repo/ui/label';
import { Select } from '@repo/ui/select';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { actionWords } from './audit-words.ts';
import type { AuditFilters } from './use-audit-filters.ts';

type Props = {
  organizationId: string;
  filters: AuditFilters;
  onChange: (change: Partial<AuditFilters>) => void;
};

export function AuditToolbar({ organizationId, filters, onChange }: Props) {
  const trpc = useTRPC();
  const known = useQuery(
    trpc.audit.filters.queryOptions({ organizationId }, { staleTime: 60_000 }),
  );
  const actions = known.data?.actions ?? (filters.action ? [filters.action] : []);
  const actors =
    known.data?.actors ?? (filters.actor ? [{ id: filters.actor, name: filters.actor }] : []);
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      <div className="flex flex-col gap-1.5">
        <Label htmlFor="audit-actor">Who</Label>
        <Select
          id="audit-actor"
          value={filters.actor}
          onChange={(event) => onChange({ actor: event.target.value })}
        >
          <option value="">Everybody</option>
          {actors.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      <div className="flex flex-col gap-1.5">
        <Label htmlFor="audit-action">What</Label>
        <Select
          id="audit-action"
          value={filters.action}
          onChange={(event) => onChange({ action: event.target.value })}
        >
          <option value="">Everything</option>
          {actions.map((action) => (
            <option key={action} value={action}>
              {actionWords(action)}
            </option>
          ))}
        </Select>
      </div>
      <DayField
        id="audit-from"
        label="From"
        value={filters.from}
        onDay={(from) => onChange({ from })}
      />
      <DayField id="audit-to" label="To" value={filters.to} onDay={(to) => onChange({ to })} />
    </div>
  );
}

type DayProps = { id: string; label: string; value: string; onDay: (day: string) => void };

function DayField({ id, label, value, onDay }: DayProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <Label htmlFor={id}>{label}</Label>
      <Input id={id} type="date" value={value} onChange={(event) => onDay(event.target.value)} />
    </div>
  );
}
