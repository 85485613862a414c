import type { Metadata } from 'next';
import { Code, Lead, Section, Title } from '../../../../components/site/prose.tsx';

export const metadata: Metadata = { title: 'CLI' };

const commands = [
  ['slipway login', 'Stores the address and a key of a project, readable by you alone.'],
  ['slipway init', 'Writes a route and a page into a Next.js app, and adds to .env.local.'],
  ['slipway projects', 'The projects that your stored keys open: each key opens one.'],
  ['slipway keys', 'Lists, creates, rolls and revokes keys; needs a key of scope admin.'],
  ['slipway files', 'ls, put, get and rm. What was interrupted goes on by the same command.'],
  ['slipway logs --follow', 'What happens in the project, as it happens.'],
  ['slipway listen --forward-to 3000', 'Forwards events to your machine, signed as webhooks are.'],
  ['slipway doctor', 'Checks address, key, clock, CORS, a real upload and your callback.'],
  [
    'slipway migrate uploadthing',
    'Copies all files of an UploadThing app, verified; the same command goes on.',
  ],
  ['slipway completion bash', 'Completes commands and options; also for zsh and fish.'],
] as const;

const exits = [
  ['0', 'Done.'],
  ['1', 'Failure.'],
  ['2', 'Wrong usage.'],
  ['3', 'No key, a wrong one, or one that may not do this.'],
  ['4', 'Not found.'],
  ['5', 'Refused by a rule or a check.'],
  ['6', 'Slipway is not reachable.'],
  ['130', 'Interrupted.'],
] as const;

export default function CliPage() {
  return (
    <>
      <Title>CLI</Title>
      <Lead>
        The command <Code>slipway</Code> does from a terminal what the SDK does from code. It needs
        Node.js 22.18 or newer.
      </Lead>
      <Section id="commands" title="Commands">
        <Pairs pairs={commands} />
        <p>
          <Code>SLIPWAY_URL</Code> and <Code>SLIPWAY_API_KEY</Code> come before stored keys;{' '}
          <Code>--profile</Code> names one of several. A stored key goes to no other address than
          the one it was stored for.
        </p>
      </Section>
      <Section id="scripts" title="In scripts">
        <p>
          With <Code>--json</Code> a command answers with one JSON document, also when it fails;{' '}
          <Code>listen</Code> and <Code>logs --follow</Code> print one line for each event. There
          are no colours where nobody watches, or with <Code>NO_COLOR</Code>.
        </p>
        <Pairs pairs={exits} />
      </Section>
      <Section id="listen" title="Events on your machine">
        <p>
          <Code>listen</Code> waits for a receiver that is not there, and asks one that answers
          anything but 2xx five times. Each event comes at least once, with the{' '}
          <Code>webhook-id</Code> that webhooks give it. With <Code>--continue</Code> it begins
          after the last one that it forwarded.
        </p>
      </Section>
    </>
  );
}

function Pairs({ pairs }: { pairs: readonly (readonly [string, string])[] }) {
  return (
    <dl className="divide-y rounded-lg border">
      {pairs.map(([name, means]) => (
        <div key={name} className="flex flex-col gap-x-4 gap-y-1 px-4 py-2.5 sm:flex-row">
          <dt className="shrink-0 font-medium sm:w-72">
            <Code>{name}</Code>
          </dt>
          <dd className="text-muted-foreground">{means}</dd>
        </div>
      ))}
    </dl>
  );
}
