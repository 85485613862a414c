import { type Answer, ask, describe } from '../probe/answer.ts';
import { PROBE_TYPE } from '../probe/bench.ts';
import { no, someBytes, yes } from '../probe/finding.ts';
import type { Check, Visit } from './check.ts';
import { awsCommand } from './remedies.ts';
import type { Remedy } from './report.ts';

/** What anybody may do who has no key and no URL. */
export const STRANGER_CHECKS: Check[] = [
  {
    id: 'stranger_list',
    title: 'Strangers cannot list the bucket',
    severity: 'problem',
    needs: ['bucket'],
    look: async (visit) => {
      const answer = await ask(visit.bench.options, await addressOf(visit, ''));
      return isListing(answer)
        ? no('anybody can list the bucket, and so learn the address of every file')
        : yes(`listing without a signature was answered with ${describe(answer)}`);
    },
    remedy: closeBucket,
  },
  {
    id: 'stranger_get',
    title: 'Strangers cannot read files',
    severity: 'warning',
    needs: ['put'],
    look: async (visit) => {
      const { bench } = visit;
      const key = bench.newKey();
      await bench.storage().put({ key, type: PROBE_TYPE, body: someBytes() });
      const answer = await ask(bench.options, await addressOf(visit, key));
      return answer.ok
        ? no('whoever knows the key of a file can read it, also of a private one, and for ever')
        : yes(`reading without a signature was answered with ${describe(answer)}`);
    },
    remedy: closeBucket,
  },
  {
    id: 'stranger_put',
    title: 'Strangers cannot write',
    severity: 'problem',
    needs: ['put'],
    look: async (visit) => {
      const { bench } = visit;
      const key = bench.newKey();
      const body = new Uint8Array(someBytes());
      const url = await addressOf(visit, key);
      const answer = await ask(bench.options, url, { method: 'PUT', body });
      return answer.ok
        ? no('anybody can store files in the bucket, and replace those that are there')
        : yes(`writing without a signature was answered with ${describe(answer)}`);
    },
    remedy: closeBucket,
  },
];

function closeBucket({ bench: { options } }: Visit): Remedy {
  return {
    text: 'Take the public permissions from the bucket: its policy, its ACL, or the "public" switch of its console.',
    code: `${awsCommand(options, 'put-public-access-block')} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`,
  };
}

/** Where the key is, without a signature; of the bucket itself for an empty key. */
async function addressOf({ bench }: Visit, key: string): Promise<string> {
  const sample = bench.newKey();
  const wish = { key: sample, expiresInSeconds: 300, type: PROBE_TYPE, disposition: 'inline' };
  const [address = ''] = ((await bench.storage().signDownload(wish)) ?? '').split('?');
  return address.replace(sample, key);
}

const isListing = ({ ok, body }: Answer) => ok && body.includes('<ListBucketResult');
