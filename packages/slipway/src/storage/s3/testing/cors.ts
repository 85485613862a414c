import type { CorsRule } from './rules.ts';
import { s3Failure } from './s3-failure.ts';

/** Headers of an answer to a page of `origin`, or none: then the page may not read it. */
export function corsHeaders(
  rules: CorsRule[] | null,
  request: { origin: string; method: string; headers?: string[] },
): Record<string, string> | null {
  const rule = rules?.find(
    ({ origins, methods, headers }) =>
      origins.some((pattern) => matches(pattern, request.origin)) &&
      methods.includes(request.method) &&
      (request.headers ?? []).every((name) =>
        headers.some((pattern) => matches(pattern.toLowerCase(), name.toLowerCase())),
      ),
  );
  if (rule === undefined) return null;
  return {
    'access-control-allow-origin': rule.origins.includes('*') ? '*' : request.origin,
    'access-control-allow-methods': rule.methods.join(', '),
    ...(request.headers?.length
      ? { 'access-control-allow-headers': request.headers.join(', ') }
      : {}),
    ...(rule.expose.length > 0 ? { 'access-control-expose-headers': rule.expose.join(', ') } : {}),
  };
}

function matches(pattern: string, value: string): boolean {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === value;
  return value.startsWith(before) && value.endsWith(after);
}

export function corsToXml(rules: CorsRule[] | null): string {
  if (rules === null)
    throw s3Failure(404, 'NoSuchCORSConfiguration', 'The CORS configuration does not exist');
  const list = (name: string, values: string[]) =>
    values.map((value) => `<${name}>${value}</${name}>`).join('');
  const elements = rules.map(
    ({ id, origins, methods, headers, expose }) =>
      `<CORSRule>${list('ID', id === undefined ? [] : [id])}${list('AllowedOrigin', origins)}${list('AllowedMethod', methods)}${list('AllowedHeader', headers)}${list('ExposeHeader', expose)}</CORSRule>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<CORSConfiguration>${elements.join('')}</CORSConfiguration>`;
}

export function corsFromXml(xml: string): CorsRule[] {
  return [...xml.matchAll(/<CORSRule>(.*?)<\/CORSRule>/gs)].map(([, rule = '']) => {
    const all = (name: string) =>
      [...rule.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(
        ([, value = '']) => value,
      );
    return {
      id: all('ID')[0],
      origins: all('AllowedOrigin'),
      methods: all('AllowedMethod'),
      headers: all('AllowedHeader'),
      expose: all('ExposeHeader'),
    };
  });
}
