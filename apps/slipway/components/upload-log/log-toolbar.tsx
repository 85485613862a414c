'use client';

import { Input } from '@repo/ui/input';
import { Label } from '@repo/ui/label';
import { Select } from '@repo/ui/select';
import type { ReactNode } from 'react';
import { CODES, OUTCOMES } from './log-words.ts';
import type { LogFilters } from './use-log-filters.ts';

type Props = { filters: LogFilters; onChange: (change: Partial<LogFilters>) => void };

export function LogToolbar({ filters, onChange }: Props) {
  return (
    <div className="grid basis-full grid-cols-2 gap-3 lg:grid-cols-5">
      <Labelled id="log-outcome" label="Outcome">
        <Select
          id="log-outcome"
          value={filters.outcome}
          onChange={(event) => onChange({ outcome: event.target.value })}
        >
          <option value="">Any</option>
          {Object.entries(OUTCOMES).map(([value, { label }]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Labelled>
      <Labelled id="log-code" label="Reason">
        <Select
          id="log-code"
          value={filters.code}
          onChange={(event) => onChange({ code: event.target.value })}
        >
          <option value="">Any</option>
          {CODES.map((code) => (
            <option key={code}>{code}</option>
          ))}
        </Select>
      </Labelled>
      <Labelled id="log-route" label="Route" className="col-span-2 lg:col-span-1">
        <Input
          id="log-route"
          value={filters.route}
          maxLength={128}
          placeholder="Any"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ route: event.target.value })}
        />
      </Labelled>
      <Labelled id="log-from" label="From">
        <Input
          id="log-from"
          type="date"
          value={filters.from}
          onChange={(event) => onChange({ from: event.target.value })}
        />
      </Labelled>
      <Labelled id="log-to" label="To">
        <Input
          id="log-to"
          type="date"
          value={filters.to}
          onChange={(event) => onChange({ to: event.target.value })}
        />
      </Labelled>
    </div>
  );
}

type LabelledProps = { id: string; label: string; className?: string; children: ReactNode };

function Labelled({ id, label, className = '', children }: LabelledProps) {
  return (
    <div className={`flex min-w-0 flex-col gap-1.5 ${className}`}>
      <Label htmlFor={id}>{label}</Label>
      {children}
    </div>
  );
}
