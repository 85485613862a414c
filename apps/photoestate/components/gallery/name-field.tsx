import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';

/** Asked for once; the browser keeps it. */
export function NameField({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Field label="Your name" hint="So that they know who says it.">
      {(control) => (
        <Input
          {...control}
          value={value}
          onChange={({ target }) => onChange(target.value)}
          autoComplete="name"
          maxLength={60}
          required
          pattern=".*\S.*"
        />
      )}
    </Field>
  );
}
