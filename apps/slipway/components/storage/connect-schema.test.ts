import { expect, test } from 'vitest';
import { ConnectForm, emptyForm, providers, toInput, withProvider } from './connect-schema.ts';

const filled = {
  ...emptyForm('other'),
  name: 'Media',
  bucket: 'media',
  endpoint: 'https://s3.example.com',
  accessKeyId: 'key',
  secretAccessKey: 'secret',
};

test('a filled form is what the server wants, without what was left empty', () => {
  expect(toInput(ConnectForm.parse(filled))).toEqual({
    name: 'Media',
    bucket: 'media',
    endpoint: 'https://s3.example.com',
    region: 'us-east-1',
    forcePathStyle: true,
    accessKeyId: 'key',
    secretAccessKey: 'secret',
  });
  const aws = { ...withProvider(filled, 'aws'), region: 'eu-central-1' };
  expect(toInput(ConnectForm.parse(aws))).toMatchObject({ endpoint: null, forcePathStyle: false });
});

test.each([
  ['name', { name: ' ' }],
  ['bucket', { bucket: 'arn:aws:s3:::media' }],
  ['endpoint', { endpoint: '' }],
  ['endpoint', { endpoint: 's3.example.com' }],
  ['region', { region: 'EU' }],
  ['secretAccessKey', { secretAccessKey: '' }],
  ['accessKeyId', { accessKeyId: 'a b' }],
  ['origin', { origin: 'app.example.com' }],
])('a wrong %s is told at its field', (field, change) => {
  const { error } = ConnectForm.safeParse({ ...filled, ...change });
  expect(error?.issues.map(({ path }) => path[0])).toEqual([field]);
});

test('another provider changes what depends on it, and nothing that was typed', () => {
  for (const provider of providers) {
    const changed = withProvider({ ...filled, region: 'nowhere-1' }, provider);
    expect(changed).toMatchObject({ provider, name: 'Media', region: 'nowhere-1' });
  }
  expect(withProvider(emptyForm('r2'), 'aws').region).toBe('');
  expect(withProvider(emptyForm('aws'), 'r2').region).toBe('auto');
});
