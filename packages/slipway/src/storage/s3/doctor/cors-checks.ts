import { type Answer, ask, describe, send } from '../probe/answer.ts';
import { PROBE_TYPE } from '../probe/bench.ts';
import { type Finding, no, someBytes, yes } from '../probe/finding.ts';
import { sha256Of } from '../probe/try-put.ts';
import type { Check, Visit } from './check.ts';
import { corsRule, mendCors } from './mend-cors.ts';
import { awsCommand } from './remedies.ts';
import type { Remedy } from './report.ts';

/** What a page of the origin may do in this bucket, asked as its browser would. */
export const CORS_CHECKS: Check[] = [
  {
    id: 'cors_preflight',
    title: 'Browsers may upload from the origin (CORS preflight)',
    severity: 'problem',
    needs: ['put'],
    look: lookAtPreflight,
    remedy: corsRemedy,
    mend: mendCors,
  },
  {
    id: 'cors_put',
    title: 'Browsers may read the answer to an upload',
    severity: 'problem',
    needs: ['put', 'cors_preflight'],
    look: async (visit) => {
      const { answer, origin } = await putFrom(visit);
      if (!answer.ok) return no(`a PUT with the header Origin was refused: ${describe(answer)}`);
      return allows(answer, origin)
        ? yes(`the answer is for ${origin}`)
        : no(
            `the answer has no Access-Control-Allow-Origin for ${origin}: the browser stores the file and reports an error`,
          );
    },
    remedy: corsRemedy,
    mend: mendCors,
  },
  {
    id: 'cors_etag',
    title: 'Browsers see the ETag of an upload',
    severity: 'warning',
    needs: ['cors_put'],
    look: async (visit) => {
      const { answer } = await putFrom(visit);
      return namesOf(answer, 'access-control-expose-headers').some((name) =>
        ['etag', '*'].includes(name),
      )
        ? yes('ETag is exposed')
        : no(
            'ETag is not in Access-Control-Expose-Headers; other upload clients need it for parts',
          );
    },
    remedy: corsRemedy,
    mend: mendCors,
  },
  {
    id: 'cors_get',
    title: 'Browsers may fetch files from the origin',
    severity: 'warning',
    needs: ['put'],
    look: async (visit) => {
      const { bench, origin } = visit;
      const storage = bench.storage();
      const key = bench.newKey();
      await storage.put({ key, type: PROBE_TYPE, body: someBytes() });
      const wish = { key, expiresInSeconds: 300, type: PROBE_TYPE, disposition: 'inline' };
      const url = (await storage.signDownload(wish)) ?? '';
      const answer = await ask(bench.options, url, { headers: { origin } });
      return allows(answer, origin)
        ? yes(`the answer is for ${origin}`)
        : no(
            `the answer to a GET has no Access-Control-Allow-Origin for ${origin}: pages may show files, but not read them`,
          );
    },
    remedy: corsRemedy,
    mend: mendCors,
  },
];

function corsRemedy({ bench: { options }, origin }: Visit): Remedy {
  return {
    text: 'Add this rule before the bucket’s others. Where the server does not take it by this command, its console does.',
    code: awsCommand(options, 'put-bucket-cors', {
      option: 'cors-configuration',
      value: { CORSRules: [corsRule([origin])] },
    }),
  };
}

/** With every header that this bucket's URLs ask for. */
async function grantOf({ bench, probe }: Visit, body: Buffer) {
  const { capabilities } = await probe();
  return bench.storage(capabilities ?? {}).signUpload({
    key: bench.newKey(),
    size: body.length,
    type: PROBE_TYPE,
    sha256: sha256Of(body),
    expiresInSeconds: 300,
  });
}

async function lookAtPreflight(visit: Visit): Promise<Finding> {
  const { bench, origin } = visit;
  const { url, headers } = await grantOf(visit, someBytes());
  const wanted = Object.keys(headers);
  const answer = await ask(bench.options, url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': wanted.join(','),
    },
  });
  if (!answer.ok) {
    const what = `PUT with ${wanted.join(', ')}`;
    return no(`the preflight for a ${what} from ${origin} was refused with ${describe(answer)}`);
  }
  if (!allows(answer, origin))
    return no(`the preflight’s answer has no Access-Control-Allow-Origin for ${origin}`);
  const methods = namesOf(answer, 'access-control-allow-methods');
  if (!methods.includes('put') && !methods.includes('*'))
    return no('PUT is not in Access-Control-Allow-Methods');
  const allowed = namesOf(answer, 'access-control-allow-headers');
  const lacking = wanted.filter((name) => !allowed.includes(name) && !allowed.includes('*'));
  return lacking.length === 0
    ? yes(`pages of ${origin} may PUT with ${wanted.join(', ')}`)
    : no(`these are not in Access-Control-Allow-Headers: ${lacking.join(', ')}`);
}

async function putFrom(visit: Visit): Promise<{ answer: Answer; origin: string }> {
  const { bench, origin } = visit;
  const body = someBytes();
  const grant = await grantOf(visit, body);
  const headers = { ...grant.headers, origin };
  return { answer: await send(bench.options, { ...grant, headers }, body), origin };
}

function allows({ headers }: Answer, origin: string): boolean {
  const value = headers.get('access-control-allow-origin');
  return value === '*' || value === origin;
}

const namesOf = ({ headers }: Answer, name: string) =>
  (headers.get(name) ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.trim());
