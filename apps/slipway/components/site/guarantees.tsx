import { Check } from 'lucide-react';

const guarantees = [
  {
    title: 'The object exists',
    text: 'It was looked for in the storage itself; nobody’s word was taken for it.',
  },
  {
    title: 'It is whole',
    text: 'It has the declared number of bytes, and the declared SHA-256 when there was one.',
  },
  {
    title: 'It is what it claims',
    text: 'Its type was read from its own bytes and is one that the project allows.',
  },
  { title: 'It will stay so', text: 'No URL that anybody still holds can change or replace it.' },
  {
    title: 'Its scan is stated',
    text: 'Only a scanner’s own answer about these very bytes makes it clean; else it says not_scanned.',
  },
  {
    title: 'It is recorded once',
    text: 'State and audit entry are one transaction, however often completion is called.',
  },
];

/** What `ready` means. Each line is a check the server makes; none is a hope. */
export function Guarantees() {
  return (
    <section aria-labelledby="ready" className="border-t">
      <div className="mx-auto max-w-6xl px-4 py-16 sm:px-6 lg:py-20">
        <h2 id="ready" className="font-semibold text-2xl tracking-tight">
          What “ready” guarantees
        </h2>
        <p className="mt-2 max-w-2xl text-muted-foreground leading-6">
          All of it, checked by the server before the word appears. A file that fails a check is
          rejected with the reason, and its bytes are not kept.
        </p>
        <ul className="mt-8 grid gap-x-10 gap-y-7 sm:grid-cols-2 lg:grid-cols-3">
          {guarantees.map((each) => (
            <li key={each.title} className="flex gap-3">
              <Check aria-hidden="true" className="mt-1 size-4 shrink-0 text-success" />
              <div>
                <h3 className="font-medium leading-6">{each.title}</h3>
                <p className="mt-0.5 text-muted-foreground leading-6">{each.text}</p>
              </div>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
