import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { UploadError } from './errors.ts';
import { putFile } from './put-file.ts';

/** The part of XMLHttpRequest that is used. */
class FakeXhr {
  static last: FakeXhr;
  upload: { onprogress?: (event: { loaded: number }) => void } = {};
  headers: Record<string, string> = {};
  status = 0;
  responseText = '';
  aborted = false;
  onload?: () => void;
  onerror?: () => void;
  onloadend?: () => void;
  readonly opened: string[] = [];

  constructor() {
    FakeXhr.last = this;
  }
  open(...args: string[]) {
    this.opened.push(...args);
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  getAllResponseHeaders() {
    return 'content-type: text/plain\r\nRetry-After: 2\r\n';
  }
  send() {}
  abort() {
    this.aborted = true;
    this.onloadend?.();
  }
  answer(status: number, text = '') {
    this.status = status;
    this.responseText = text;
    this.onload?.();
    this.onloadend?.();
  }
}

const target = {
  url: 'https://s3.test/key',
  method: 'PUT' as const,
  headers: { 'content-type': 'image/png', 'x-amz-a': 'b' },
};
const file = new Blob(['abc']);
const xhr = () => FakeXhr.last;

beforeEach(() => vi.stubGlobal('XMLHttpRequest', FakeXhr));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('putFile', () => {
  test('sends the signed headers, and tells progress', async () => {
    const onProgress = vi.fn();
    const work = putFile(file, target, { onProgress });
    expect(xhr().opened).toEqual(['PUT', 'https://s3.test/key']);
    expect(xhr().headers).toEqual({ 'content-type': 'image/png', 'x-amz-a': 'b' });
    xhr().upload.onprogress?.({ loaded: 2 });
    xhr().answer(200);
    await work;
    expect(onProgress).toHaveBeenCalledWith(2);
  });

  test.each([
    [
      403,
      '{"error":{"code":"url_expired","message":"This link has expired."}}',
      'url_expired',
      'This link has expired.',
      false,
    ],
    [
      412,
      '<Error><Code>PreconditionFailed</Code><Message>At least one.</Message></Error>',
      'PreconditionFailed',
      'At least one.',
      false,
    ],
    [
      422,
      '{"error":{"code":"digest_mismatch","message":"Expected a, received b."}}',
      'digest_mismatch',
      'The file did not arrive whole.',
      true,
    ],
    [
      400,
      '<Error><Code>XAmzContentChecksumMismatch</Code><Message>No.</Message></Error>',
      'XAmzContentChecksumMismatch',
      'The file did not arrive whole.',
      true,
    ],
    [503, '', 'storage_refused', 'The storage answered with HTTP 503.', true],
  ])('%i %s', async (...[status, text, code, message, retryable]) => {
    const work = putFile(file, target);
    xhr().answer(status, text);
    const error = await work.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UploadError);
    expect(error).toMatchObject({ status, code, message, retryable, retryAfter: 2000 });
  });

  test('a broken connection is a network error', async () => {
    const work = putFile(file, target);
    xhr().onerror?.();
    await expect(work).rejects.toMatchObject({ code: 'network_error', retryable: true });
  });

  test('an attempt that stands still is given up, one that moves is not', async () => {
    vi.useFakeTimers();
    const work = putFile(file, target, { stallTimeout: 1000 });
    vi.advanceTimersByTime(900);
    xhr().upload.onprogress?.({ loaded: 1 });
    vi.advanceTimersByTime(900);
    expect(xhr().aborted).toBe(false);
    vi.advanceTimersByTime(200);
    expect(xhr().aborted).toBe(true);
    await expect(work).rejects.toMatchObject({ code: 'network_error' });
  });

  test('stops with its signal', async () => {
    const controller = new AbortController();
    const work = putFile(file, target, { signal: controller.signal });
    controller.abort(new Error('stop'));
    await expect(work).rejects.toThrow('stop');
    expect(xhr().aborted).toBe(true);
    await expect(putFile(file, target, { signal: controller.signal })).rejects.toThrow('stop');
  });
});
