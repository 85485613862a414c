import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
} from '@aws-sdk/client-s3';
import { refusalOf } from '../probe/answer.ts';
import { type Finding, no, yes } from '../probe/finding.ts';
import type { Check, Visit } from './check.ts';
import { withContentMd5 } from './content-md5.ts';
import { awsCommand } from './remedies.ts';

const RULE_ID = 'slipway-incomplete-uploads';
/** Longer than any upload in parts may take. */
const DAYS = 7;

/** What happens to the bucket over time. */
export const UPKEEP_CHECKS: Check[] = [
  {
    id: 'lifecycle',
    title: 'Uploads in parts that nobody completes are removed by the bucket itself',
    severity: 'warning',
    needs: ['multipart'],
    look: lookAtLifecycle,
    remedy: ({ bench: { options } }) => ({
      text: 'Slipway removes those that it can list. A rule of the bucket also reaches those of others. (This command replaces all rules of the bucket.)',
      code: awsCommand(options, 'put-bucket-lifecycle-configuration', {
        option: 'lifecycle-configuration',
        value: { Rules: [lifecycleRule()] },
      }),
    }),
    mend: mendLifecycle,
  },
  {
    id: 'expiration',
    title: 'The bucket deletes no files by itself',
    severity: 'problem',
    needs: ['bucket'],
    look: async (visit) => {
      const rules = await rulesOf(visit);
      if (rules === null) return null;
      const deleting = rules.filter((rule) => isOn(rule) && rule.Expiration !== undefined);
      return deleting.length === 0
        ? yes('no rule deletes objects')
        : no(
            `the rule ${deleting.map(nameOf).join(', ')} deletes objects after ${deleting[0]?.Expiration?.Days ?? 'some'} days, whatever Slipway knows of them`,
          );
    },
    remedy: ({ bench: { options } }) => ({
      text: 'Remove the rule, or keep it to a prefix at which Slipway stores nothing.',
      code: awsCommand(options, 'get-bucket-lifecycle-configuration'),
    }),
  },
  {
    id: 'versioning',
    title: 'Deleted files are gone',
    severity: 'warning',
    needs: ['bucket'],
    look: async ({ bench: { client, options } }) => {
      const { Status } = await client.send(
        new GetBucketVersioningCommand({ Bucket: options.bucket }),
      );
      return Status === 'Enabled'
        ? no('the bucket keeps old versions: what is deleted stays, and is paid for')
        : yes('the bucket keeps no old versions');
    },
    remedy: ({ bench: { options } }) => ({
      text: 'Suspend versioning, or let a lifecycle rule remove old versions (NoncurrentVersionExpiration).',
      code: `${awsCommand(options, 'put-bucket-versioning')} --versioning-configuration Status=Suspended`,
    }),
  },
];

function lifecycleRule(): LifecycleRule {
  return {
    ID: RULE_ID,
    Status: 'Enabled',
    Filter: { Prefix: '' },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: DAYS },
  };
}

const isOn = ({ Status }: LifecycleRule) => Status === 'Enabled';
const nameOf = ({ ID }: LifecycleRule) => `“${ID ?? 'without a name'}”`;

/** Of a rule that is kept to some objects, by whatever it goes. */
function isForAll({ Filter, Prefix }: LifecycleRule): boolean {
  if (Filter?.And !== undefined || Filter?.Tag !== undefined) return false;
  return (Filter?.Prefix ?? Prefix ?? '') === '';
}

async function lookAtLifecycle(visit: Visit): Promise<Finding | null> {
  const rules = await rulesOf(visit);
  if (rules === null) {
    const { listMultiparts } = (await visit.probe()).findings;
    return listMultiparts?.able === true
      ? yes('the server has no such rules; Slipway removes those that it lists')
      : no('the server has no such rules, nor does it list those uploads for Slipway to remove');
  }
  const rule = rules.find(
    (one) => isOn(one) && isForAll(one) && one.AbortIncompleteMultipartUpload !== undefined,
  );
  const days = rule?.AbortIncompleteMultipartUpload?.DaysAfterInitiation;
  return rule === undefined
    ? no('no rule removes uploads that nobody completes')
    : yes(`after ${days ?? 'some'} days, by the rule ${nameOf(rule)}`);
}

async function mendLifecycle(visit: Visit): Promise<void> {
  const { client, options } = visit.bench;
  const before = (await rulesOf(visit)) ?? [];
  const command = new PutBucketLifecycleConfigurationCommand({
    Bucket: options.bucket,
    LifecycleConfiguration: {
      Rules: [...before.filter(({ ID }) => ID !== RULE_ID), lifecycleRule()],
    },
  });
  await client.send(withContentMd5(command));
}

/** None is an empty list; null where the server knows of no such thing. */
async function rulesOf({ bench: { client, options } }: Visit): Promise<LifecycleRule[] | null> {
  try {
    const { Rules } = await client.send(
      new GetBucketLifecycleConfigurationCommand({ Bucket: options.bucket }),
    );
    return Rules ?? [];
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.status === 404) return [];
    if (refusal?.status === 501 || refusal?.code === 'NotImplemented') return null;
    throw error;
  }
}
