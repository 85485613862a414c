import { TRPCClientError } from '@trpc/client';
import { UploadError } from 'slipway/client';
import { describe, expect, it, vi } from 'vitest';
import type { FileRow } from '../trpc.ts';
import { createTransport } from './transport.ts';

const rules = {
  allowedTypes: ['image/*'],
  maxSize: 1000,
  maxFiles: null,
  maxTotalSize: null,
  scan: 'when_available' as const,
  visibility: 'private' as const,
};
const context = { input: undefined, signal: new AbortController().signal };

function refusal(httpStatus: number, appCode: string, message: string) {
  return TRPCClientError.from({ error: { message, code: -32600, data: { httpStatus, appCode } } });
}

const row = { id: 'file_1', status: 'ready', metadata: { from: 'test' } } as unknown as FileRow;

function setup(allowedTypes = rules.allowedTypes) {
  const api = {
    requestUpload: vi.fn(async () => ({
      id: 'file_1',
      key: 'k',
      url: 'https://storage.example/k',
      method: 'PUT' as const,
      headers: {},
      expiresAt: '2026-01-01T00:00:00Z',
    })),
    completeUpload: vi.fn(async () => row),
  };
  const changed = vi.fn();
  const transport = createTransport({
    api,
    projectId: 'prj_1',
    rules: () => ({ ...rules, allowedTypes }),
    changed,
  });
  return { api, changed, transport };
}

describe('the dashboard’s transport', () => {
  it('asks the server only for files that keep the rules, and answers in their order', async () => {
    const { api, changed, transport } = setup();
    const answers = await transport.request(
      [
        { name: 'a.mp4', size: 10, type: 'video/mp4' },
        { name: 'b.png', size: 10, type: 'image/png', sha256: 'ab' },
      ],
      context,
    );
    expect(answers.map((answer) => answer.ok)).toEqual([false, true]);
    expect(api.requestUpload).toHaveBeenCalledExactlyOnceWith({
      projectId: 'prj_1',
      name: 'b.png',
      size: 10,
      type: 'image/png',
      sha256: 'ab',
      multipart: true,
    });
    expect(changed).toHaveBeenCalledOnce();
  });

  it('keeps the folder that files came in', async () => {
    const { api, transport } = setup();
    const file = { name: 'b.png', size: 10, type: 'image/png' };
    await transport.request([file], { ...context, input: { folder: 'shoot/raw' } });
    expect(api.requestUpload).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ name: 'b.png', folder: 'shoot/raw' }),
    );
  });

  it('asks for a file whose extension the rules name, whatever its type', async () => {
    const { api, transport } = setup(['image/*', '.pdf']);
    const answers = await transport.request(
      [
        { name: 'A.PDF', size: 10, type: '' },
        { name: 'a.pdf.exe', size: 10, type: 'application/x-msdownload' },
      ],
      context,
    );
    expect(answers.map((answer) => answer.ok)).toEqual([true, false]);
    expect(api.requestUpload).toHaveBeenCalledOnce();
  });

  it('remembers an upload by its target, and goes on with it when asked', async () => {
    const { api, transport } = setup();
    const file = { name: 'b.png', size: 10, type: '' };
    const [answer] = await transport.request([file], context);
    expect(answer).toMatchObject({ ok: true, upload: { id: 'file_1' }, token: expect.any(String) });
    const resume = answer?.ok ? answer.token : undefined;
    expect(await transport.request([{ ...file, resume }], context)).toEqual([answer]);
    expect(api.requestUpload).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ type: 'image/png' }),
    );
  });

  it('passes the server’s refusal on, final or not', async () => {
    const { api, transport } = setup();
    api.requestUpload.mockRejectedValueOnce(
      refusal(422, 'file_limit_reached', 'This project holds up to 5 files.'),
    );
    api.requestUpload.mockRejectedValueOnce(refusal(503, 'unavailable', 'Try again.'));
    const file = { name: 'b.png', size: 10, type: 'image/png' };
    expect(await transport.request([file, file], context)).toEqual([
      {
        ok: false,
        error: {
          code: 'file_limit_reached',
          message: 'This project holds up to 5 files.',
          retryable: false,
        },
      },
      { ok: false, error: { code: 'unavailable', message: 'Try again.', retryable: true } },
    ]);
  });

  it('throws what the uploader understands when completion fails', async () => {
    const { api, transport } = setup();
    api.completeUpload.mockRejectedValueOnce(
      refusal(422, 'type_mismatch', 'Expected image/png, found text.'),
    );
    const pending = { upload: await api.requestUpload() };
    const failure = transport.complete(pending, context);
    await expect(failure).rejects.toBeInstanceOf(UploadError);
    await expect(failure).rejects.toMatchObject({ code: 'type_mismatch', retryable: false });
  });
});
