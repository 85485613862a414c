import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import type { UseFormRegisterReturn } from 'react-hook-form';

type Name = 'accessKeyId' | 'secretAccessKey';

type Props = {
  register: (name: Name) => UseFormRegisterReturn;
  errors: Partial<Record<Name, { message?: string | undefined }>>;
};

/** A key to a bucket. Browsers neither fill it in nor keep it. */
export function CredentialFields({ register, errors }: Props) {
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
      <Field label="Access key id" error={errors.accessKeyId?.message}>
        {(control) => (
          <Input
            {...control}
            {...register('accessKeyId')}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            className="font-mono"
          />
        )}
      </Field>
      <Field
        label="Secret access key"
        hint="Kept encrypted, and never shown again."
        error={errors.secretAccessKey?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...register('secretAccessKey')}
            type="password"
            autoComplete="new-password"
            spellCheck={false}
            className="font-mono"
          />
        )}
      </Field>
    </div>
  );
}
