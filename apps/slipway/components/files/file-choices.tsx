'use client';

import { fileStatuses } from '@repo/ui/status-chip';
import { typeChoices } from './use-file-filters.ts';

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Trash is a status to whoever looks for a file, though the API has it beside them. */
const TRASH = 'trash';

type Chosen = { trash: boolean; status: string | undefined };

export const statusValue = ({ trash, status }: Chosen) => (trash ? TRASH : (status ?? ''));
export const statusOf = (value: string) =>
  value === TRASH ? { trash: 'true', status: '' } : { trash: '', status: value };

export function StatusOptions() {
  return (
    <>
      <option value="">Not deleted</option>
      {fileStatuses.map((each) => (
        <option key={each} value={each}>
          {capital(each)}
        </option>
      ))}
      <option value={TRASH}>In the trash</option>
    </>
  );
}

export function TypeOptions({ type }: { type: string | undefined }) {
  const known = typeChoices.some((each) => each.value === type);
  return (
    <>
      <option value="">All types</option>
      {typeChoices.map((each) => (
        <option key={each.value} value={each.value}>
          {each.label}
        </option>
      ))}
      {type && !known ? <option value={type}>{type}</option> : null}
    </>
  );
}
