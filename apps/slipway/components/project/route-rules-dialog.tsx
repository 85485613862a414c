'use client';

import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { type FormEvent, useState } from 'react';
import type { RoutePolicy } from '../../lib/trpc.ts';
import { bytesOf, factors, type SizeUnit, sizeUnits, unitFor } from './rules-schema.ts';
import { TypePicker } from './type-picker.tsx';

type Props = {
  /** Null for one that has none yet. */
  name: string | null;
  policy: RoutePolicy;
  taken: readonly string[];
  busy: boolean;
  problem: string | undefined;
  onSave: (name: string, policy: RoutePolicy) => void;
  onClose: () => void;
};

/** The rules of one route; those that have no field here are kept as they are. */
export function RouteRulesDialog({ name, policy, taken, busy, problem, onSave, onClose }: Props) {
  const [route, setRoute] = useState(name ?? '');
  const [types, setTypes] = useState(policy.allowedTypes ?? []);
  const [unit, setUnit] = useState<SizeUnit>(policy.maxSize ? unitFor(policy.maxSize) : 'MB');
  const [size, setSize] = useState(
    policy.maxSize === undefined ? '' : String(policy.maxSize / factors[unit]),
  );
  const [folder, setFolder] = useState(policy.folder ?? '');
  const [days, setDays] = useState(String(policy.expireAfterDays ?? ''));
  const [hours, setHours] = useState(String(policy.confirmWithinHours ?? ''));
  const [isPrivate, setPrivate] = useState(policy.visibility === 'private');
  const [replace, setReplace] = useState(policy.replace);
  const [dedupe, setDedupe] = useState(policy.dedupe);
  const [isTried, setTried] = useState(false);
  const errors = {
    route: taken.includes(route.trim())
      ? 'This route has rules already.'
      : route.trim() === ''
        ? 'Expected the name of a route.'
        : undefined,
    size: size.trim() !== '' && !(bytesOf(size, unit) >= 1) ? 'Expected a number.' : undefined,
    days: wrong(days, 3650),
    hours: wrong(hours, 720),
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.values(errors).some((error) => error !== undefined)) return;
    const { allowedTypes: _, maxSize: __, folder: ___, visibility: ____, ...rest } = policy;
    const { expireAfterDays: _____, confirmWithinHours: ______, ...others } = rest;
    const { replace: _______, dedupe: ________, ...kept } = others;
    onSave(route.trim(), {
      ...kept,
      ...(types.length > 0 && { allowedTypes: types }),
      ...(size.trim() !== '' && { maxSize: bytesOf(size, unit) }),
      ...(folder.trim() !== '' && { folder: folder.trim() }),
      ...(isPrivate && { visibility: 'private' as const }),
      ...(days.trim() !== '' && { expireAfterDays: Number(days) }),
      ...(hours.trim() !== '' && { confirmWithinHours: Number(hours) }),
      ...(replace !== undefined && { replace }),
      ...(dedupe !== undefined && { dedupe }),
    });
  };
  const shown = (error: string | undefined) => (isTried ? error : undefined);
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={name === null ? 'Rules of a route' : `Rules of ${name}`}
        description="An empty field says nothing: the rules of the project hold."
        className="max-w-xl"
      >
        <form noValidate onSubmit={submit}>
          <DialogBody>
            {problem ? (
              <Alert tone="danger" live>
                {problem}
              </Alert>
            ) : null}
            <Field
              label="Route"
              hint="The name that uploads give as their route, such as avatar."
              error={shown(errors.route)}
            >
              {(control) => (
                <Input
                  {...control}
                  value={route}
                  readOnly={name !== null}
                  autoFocus={name === null}
                  maxLength={128}
                  autoComplete="off"
                  spellCheck={false}
                  className="font-mono text-[13px]"
                  onChange={(event) => setRoute(event.target.value)}
                />
              )}
            </Field>
            <Field label="Allowed types" hint="None listed: those of the project.">
              {(control) => (
                <TypePicker
                  id={control.id}
                  describedBy={control['aria-describedby']}
                  value={types}
                  onChange={setTypes}
                />
              )}
            </Field>
            <div className="grid gap-4 sm:grid-cols-2">
              <Field label="Largest file" error={shown(errors.size)}>
                {(control) => (
                  <div className="flex gap-2">
                    <Input
                      {...control}
                      value={size}
                      inputMode="decimal"
                      autoComplete="off"
                      placeholder="As the project"
                      onChange={(event) => setSize(event.target.value)}
                    />
                    <Select
                      aria-label="Unit of the largest file"
                      className="w-24 shrink-0"
                      value={unit}
                      onChange={(event) =>
                        setUnit(sizeUnits.find((each) => each === event.target.value) ?? 'MB')
                      }
                    >
                      {sizeUnits.map((each) => (
                        <option key={each}>{each}</option>
                      ))}
                    </Select>
                  </div>
                )}
              </Field>
              <TextField label="Folder" value={folder} onChange={setFolder} placeholder="None" />
              <TextField
                label="Delete after days"
                value={days}
                onChange={setDays}
                error={shown(errors.days)}
              />
              <TextField
                label="Confirm within hours"
                value={hours}
                onChange={setHours}
                error={shown(errors.hours)}
              />
            </div>
            <div className="grid gap-4 sm:grid-cols-2">
              <YesOrNo label="Replace by customId" value={replace} onChange={setReplace} />
              <YesOrNo label="Store the same bytes once" value={dedupe} onChange={setDedupe} />
            </div>
            <Field label="Who can read the files">
              {(control) => (
                <Select
                  {...control}
                  value={isPrivate ? 'private' : ''}
                  onChange={(event) => setPrivate(event.target.value === 'private')}
                >
                  <option value="">As the project says</option>
                  <option value="private">Private: only by signed URLs</option>
                </Select>
              )}
            </Field>
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" busy={busy}>
              Save rules
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

type YesOrNoProps = {
  label: string;
  value: boolean | undefined;
  onChange: (value: boolean | undefined) => void;
};

function YesOrNo({ label, value, onChange }: YesOrNoProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          value={value === undefined ? '' : String(value)}
          onChange={({ target }) =>
            onChange(target.value === '' ? undefined : target.value === 'true')
          }
        >
          <option value="">As the project says</option>
          <option value="true">Yes</option>
          <option value="false">No</option>
        </Select>
      )}
    </Field>
  );
}

function wrong(text: string, most: number): string | undefined {
  const value = Number(text);
  if (text.trim() === '' || (Number.isInteger(value) && value >= 1 && value <= most))
    return undefined;
  return `Expected 1 to ${most}, or nothing.`;
}

type TextProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  placeholder?: string;
};

function TextField({ label, value, onChange, error, placeholder = 'As the project' }: TextProps) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <Input
          {...control}
          value={value}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
