'use client';

import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@repo/ui/card';
import { Field, FieldError } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { describeError, type InstallationOrganizationDetail, useTRPC } from '../../lib/trpc.ts';
import {
  type Choice,
  choicesOf,
  LIMIT_FIELDS,
  type LimitField,
  limitsOf,
  type Plan,
  problemOf,
} from './limit-words.ts';

type Props = { organization: InstallationOrganizationDetail };

/** The plan of an organization, and limits that it has in place of the plan's. */
export function PlanForm({ organization }: Props) {
  const { id: organizationId, usage, plans, limits, isAssigned } = organization;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState(usage.plan.name);
  const [choices, setChoices] = useState(() => choicesOf(limits));
  const [isTried, setTried] = useState(false);
  const plan = plans.find((each) => each.name === name);
  const assign = useMutation(
    trpc.installation.assignPlan.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.installation.pathKey() });
        toast.success('Plan and limits saved', { description: 'They hold from the next call on.' });
      },
    }),
  );
  const isWrong = LIMIT_FIELDS.some((field) => problemOf(choices[field.id] ?? BY_PLAN, field));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isWrong) assign.mutate({ organizationId, plan: name, limits: limitsOf(choices) });
  };
  return (
    <form noValidate onSubmit={submit}>
      <Card aria-labelledby="assign-title">
        <CardHeader
          titleId="assign-title"
          title="Plan and limits"
          description="What is above a new limit stays; nothing more can be added. Members see this in the audit log."
        />
        <CardBody className="flex flex-col gap-5">
          {assign.error ? (
            <Alert tone="danger" live>
              {describeError(assign.error).message}
            </Alert>
          ) : null}
          <Field
            label="Plan"
            hint={isAssigned ? undefined : 'Nobody gave it one: this is the default of the server.'}
            className="max-w-60"
          >
            {(control) => (
              <Select
                {...control}
                value={name}
                onChange={(event) => {
                  const chosen = plans.find((each) => each.name === event.target.value);
                  if (chosen) setName(chosen.name);
                }}
              >
                {plans.map((each) => (
                  <option key={each.name} value={each.name}>
                    {each.title}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <ul className="divide-y border-t">
            {LIMIT_FIELDS.map((field) => (
              <LimitRow
                key={field.id}
                field={field}
                plan={plan}
                choice={choices[field.id] ?? BY_PLAN}
                isTried={isTried}
                onChange={(choice) => setChoices((before) => ({ ...before, [field.id]: choice }))}
              />
            ))}
          </ul>
        </CardBody>
        <CardFooter>
          <span>Every change is written down with your name.</span>
          <Button type="submit" variant="primary" busy={assign.isPending}>
            Save plan and limits
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}

const BY_PLAN: Choice = { mode: 'plan', text: '' };

type RowProps = {
  field: LimitField;
  plan: Plan | undefined;
  choice: Choice;
  isTried: boolean;
  onChange: (choice: Choice) => void;
};

function LimitRow({ field, plan, choice, isTried, onChange }: RowProps) {
  const id = useId();
  const { label, unit, mayBeNone, ofPlan, format } = field;
  const byPlan = plan && ofPlan(plan);
  const planWords = byPlan == null ? 'no limit' : format(byPlan);
  const problem = isTried ? problemOf(choice, field) : undefined;
  const modes = { plan: `By the plan: ${planWords}`, own: 'Its own', none: 'No limit' } as const;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <span id={id} className="min-w-0 flex-1 basis-40 font-medium text-sm">
        {label}
      </span>
      <Select
        aria-labelledby={id}
        className="w-full sm:w-56"
        value={choice.mode}
        onChange={(event) => {
          const { value: mode } = event.target;
          if (mode === 'plan' || mode === 'own' || mode === 'none') onChange({ ...choice, mode });
        }}
      >
        {Object.entries(modes).map(([mode, words]) =>
          mode === 'none' && !mayBeNone ? null : (
            <option key={mode} value={mode}>
              {words}
            </option>
          ),
        )}
      </Select>
      {choice.mode === 'own' ? (
        <div className="flex w-full flex-col gap-1.5 sm:w-40">
          <div className="flex items-center gap-2">
            <Input
              aria-label={`${label}${unit ? `, in ${unit}` : ''}`}
              aria-invalid={problem ? true : undefined}
              inputMode="decimal"
              autoComplete="off"
              value={choice.text}
              onChange={(event) => onChange({ ...choice, text: event.target.value })}
            />
            <span className="whitespace-nowrap text-muted-foreground text-sm">{unit}</span>
          </div>
          {problem ? <FieldError>{problem}</FieldError> : null}
        </div>
      ) : null}
    </li>
  );
}
