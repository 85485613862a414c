import type { Metadata } from 'next';
import { Code, Lead, Section, Title } from '../../../../components/site/prose.tsx';

export const metadata: Metadata = { title: 'Keys and roles' };

const scopes = [
  ['upload', 'Ask for upload URLs and upload tokens, and complete uploads.'],
  ['read', 'List files, read them, make their URLs; read the project and its usage.'],
  ['delete', 'Delete files.'],
  ['admin', 'Everything in the project: files, keys, webhooks, settings.'],
] as const;

const roles = [
  ['Owner', 'Everything, and hands the organization over. There is always at least one.'],
  ['Admin', 'Everything but that; invites, changes and removes all but owners.'],
  ['Developer', 'All of projects: files, rules, keys, webhooks, storage, the audit log.'],
  ['Viewer', 'Sees projects, files, members and usage, and changes nothing.'],
] as const;

export default function KeysPage() {
  return (
    <>
      <Title>Keys and roles</Title>
      <Lead>
        Servers come with a key of one project, people with a role in one organization. Both come
        down to permissions, which every call asks for first.
      </Lead>
      <Section id="keys" title="Keys">
        <p>
          A project has up to 100 keys, each with a name, scopes and, if you like, an end. A key is
          shown once: only its hash is stored. Send it as{' '}
          <Code>Authorization: Bearer sk_live_…</Code>, never in an address. Slipway masks keys that
          get into its logs and errors all the same.
        </p>
        <p>
          <Code>sk_test_</Code> keys open the same project and the same files as{' '}
          <Code>sk_live_</Code> ones. The prefix tells people and secret scanners that it is not
          production’s. Give tests a project of their own.
        </p>
      </Section>
      <Section id="scopes" title="Scopes">
        <Pairs pairs={scopes} isCode />
        <p>
          A call that the scopes do not allow is answered with 403, the code <Code>forbidden</Code>{' '}
          and the missing permission in <Code>details.permission</Code>.
        </p>
      </Section>
      <Section id="roll" title="Rolling and revoking">
        <p>
          <strong>Roll</strong> a key to change it without an interruption: its successor has the
          same name, scopes and end, and the old key works beside it for an hour, a day or a week,
          or stops at once. <strong>Revoke</strong> a key that got out: the next request with it is
          refused, and so are the upload tokens that it made.
        </p>
      </Section>
      <Section id="roles" title="Roles">
        <Pairs pairs={roles} />
        <p>
          Invite people on the members page. An invitation is a link, good for seven days and for
          whoever opens it first. A changed role counts, and a removed member is out, from their
          next request on. To anybody else an organization does not exist: they are answered with
          404. Nobody gives a role that may do more than their own.
        </p>
      </Section>
      <Section id="audit" title="Audit log">
        <p>
          Every change of projects, rules, keys, members, storages, and the end of every file, has
          its entry: who, when, from which address, and the values before and after. It is written
          in the same transaction as the change, and can be narrowed, linked to, and exported as
          CSV.
        </p>
      </Section>
    </>
  );
}

type PairsProps = { pairs: readonly (readonly [string, string])[]; isCode?: boolean };

function Pairs({ pairs, isCode = false }: PairsProps) {
  return (
    <dl className="divide-y rounded-lg border">
      {pairs.map(([name, means]) => (
        <div key={name} className="flex flex-col gap-x-4 gap-y-1 px-4 py-2.5 sm:flex-row">
          <dt className="w-28 shrink-0 font-medium">{isCode ? <Code>{name}</Code> : name}</dt>
          <dd className="text-muted-foreground">{means}</dd>
        </div>
      ))}
    </dl>
  );
}
