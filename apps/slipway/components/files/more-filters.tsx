'use client';

import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { ListFilter } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { StatusOptions, statusOf, statusValue, TypeOptions } from './file-choices.tsx';
import { testChoices, textFilters, useFileFilters } from './use-file-filters.ts';

const sizes = { minSize: 'At least (KB)', maxSize: 'At most (KB)' } as const;
const days = { from: 'Uploaded from', to: 'Uploaded until' } as const;
const names = [...Object.keys(textFilters), ...Object.keys(sizes), ...Object.keys(days), 'test'];

const KB = 1024;

/** Where the toolbar has no room for status and type. */
const isPhone = () => window.matchMedia('(max-width: 39.99rem)').matches;

/** Filters that are not needed every day. */
export function MoreFilters() {
  const [open, setOpen] = useState(false);
  const { active } = useFileFilters();
  const used = active.filter((name) => names.includes(name)).length;
  const usedHere = active.filter((name) => ['status', 'trash', 'type'].includes(name)).length;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <ListFilter />
        Filters
        {used > 0 ? (
          <Badge tone="info" className="max-sm:hidden">
            {used}
          </Badge>
        ) : null}
        {used + usedHere > 0 ? (
          <Badge tone="info" className="sm:hidden">
            {used + usedHere}
          </Badge>
        ) : null}
      </Button>
      {open ? <FilterDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function FilterDialog({ onClose }: { onClose: () => void }) {
  const filters = useFileFilters();
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const bytes = (name: string) => (text(name) ? String(Math.round(Number(text(name)) * KB)) : '');
    filters.set({
      ...Object.fromEntries([...Object.keys(textFilters), 'from', 'to'].map((n) => [n, text(n)])),
      minSize: bytes('minSize'),
      maxSize: bytes('maxSize'),
      test: text('test'),
      ...(isPhone() && { ...statusOf(text('status')), type: text('type') }),
    });
    onClose();
  }
  const clear = () => {
    const shown = isPhone() ? [...names, 'status', 'trash', 'type'] : names;
    filters.set(Object.fromEntries(shown.map((name) => [name, ''])));
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Filters" className="max-w-lg">
        <form onSubmit={submit}>
          <DialogBody className="grid grid-cols-2 gap-4">
            <Field label="Status" className="sm:hidden">
              {(control) => (
                <Select {...control} name="status" defaultValue={statusValue(filters)}>
                  <StatusOptions />
                </Select>
              )}
            </Field>
            <Field label="Type" className="sm:hidden">
              {(control) => (
                <Select {...control} name="type" defaultValue={filters.type ?? ''}>
                  <TypeOptions type={filters.type} />
                </Select>
              )}
            </Field>
            {Object.entries(textFilters).map(([name, label]) => (
              <Field key={name} label={label}>
                {(control) => (
                  <Input
                    {...control}
                    name={name}
                    maxLength={128}
                    defaultValue={filters[name as keyof typeof textFilters] ?? ''}
                    autoComplete="off"
                  />
                )}
              </Field>
            ))}
            {(['minSize', 'maxSize'] as const).map((name) => (
              <Field key={name} label={sizes[name]}>
                {(control) => (
                  <Input
                    {...control}
                    name={name}
                    type="number"
                    min={0}
                    step="any"
                    defaultValue={filters[name] === undefined ? '' : filters[name] / KB}
                  />
                )}
              </Field>
            ))}
            {(['from', 'to'] as const).map((name) => (
              <Field key={name} label={days[name]}>
                {(control) => (
                  <Input {...control} name={name} type="date" defaultValue={filters[name] ?? ''} />
                )}
              </Field>
            ))}
            <Field label="Uploaded with" className="col-span-2">
              {(control) => (
                <Select {...control} name="test" defaultValue={filters.test ?? ''}>
                  <option value="">Any key</option>
                  {testChoices.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label} keys
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button onClick={clear}>Clear</Button>
            <Button type="submit" variant="primary">
              Show files
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
