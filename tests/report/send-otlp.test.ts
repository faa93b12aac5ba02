import { beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../contracts/generated/result.ts';
import { otlpEndpoint, sendOtlp } from '../../scripts/report/send-otlp.ts';
import { deadUrl, receiver } from '../http/receiver.ts';
import { recordedIo } from '../io.ts';
import { sampleModel } from './sample-model.ts';

const HEADERS = 'OTEL_EXPORTER_OTLP_HEADERS';
const AT_ONCE = [0, 0];
let result: Result;
beforeAll(async () => {
  ({ result } = await sampleModel('passing'));
});

const send = (url: string, of: Result = result, env = {}) =>
  sendOtlp(otlpEndpoint(url, env), of, recordedIo({ env }), AT_ONCE);

describe('otlpEndpoint', () => {
  it.each([
    ['http://collector:4318', 'http://collector:4318/v1/metrics'],
    ['http://collector:4318/', 'http://collector:4318/v1/metrics'],
    ['https://gateway.example/otlp', 'https://gateway.example/otlp/v1/metrics'],
    ['https://gateway.example/otlp/v1/metrics', 'https://gateway.example/otlp/v1/metrics'],
    ['https://gateway.example/otlp?tenant=1', 'https://gateway.example/otlp/v1/metrics?tenant=1'],
  ])('%s sends to %s', (text, expected) => {
    expect(otlpEndpoint(text, {}).url.href).toBe(expected);
  });

  it.each([
    ['', {}],
    ['authorization=Basic%20abc=, X-Scope=team', { authorization: 'Basic abc=', 'x-scope': 'team' }],
  ])('reads the headers %j', (text, headers) => {
    expect(otlpEndpoint('http://collector', { [HEADERS]: text }).headers).toEqual(headers);
  });

  it.each(['authorization', 'a b=c', 'a=%zz-secret', 'a=secret%0Ab'])(
    'refuses the headers %j without showing them',
    (text) => {
      const read = () => otlpEndpoint('http://collector', { [HEADERS]: text });
      if (text === 'authorization') return expect(read().headers).toEqual({ authorization: '' });
      expect(read).toThrow(expect.objectContaining({ exitCode: 2, message: expect.stringContaining(HEADERS) }));
      expect(read).not.toThrow(/secret/);
    },
  );
});

describe('sendOtlp', () => {
  it('posts the metrics with the headers, without what is protected', async () => {
    const { url, received } = await receiver();
    const key = 'fini_key_0123456789abcdef';
    const env = { [HEADERS]: 'authorization=Bearer%20token', FINI_API_KEY: key };
    expect(await send(url, { ...result, scenario: `of ${key}` }, env)).toBeUndefined();
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ path: '/v1/metrics', headers: { authorization: 'Bearer token' } });
    expect(JSON.stringify(received[0]?.body)).toContain('fini_turns_sent');
    expect(JSON.stringify(received[0]?.body)).not.toContain(key);
  });

  it('tries again where the endpoint asks for it, and not otherwise', async () => {
    const busy = await receiver({ status: 503 }, { status: 429 }, {});
    expect(await send(busy.url)).toBeUndefined();
    expect(busy.received).toHaveLength(3);
    const refusing = await receiver({ status: 401 });
    expect(await send(refusing.url)).toBe('HTTP 401');
    expect(refusing.received).toHaveLength(1);
    const down = await receiver({ status: 502 });
    expect(await send(down.url)).toBe('HTTP 502');
    expect(down.received).toHaveLength(3);
  });

  it.each([
    [
      '{"partialSuccess":{"rejectedDataPoints":"2","errorMessage":"too old for Bearer token"}}',
      '2 data points were refused: too old for ***',
    ],
    ['{"partialSuccess":{"rejectedDataPoints":"0","errorMessage":"a hint"}}', undefined],
    ['{"partialSuccess":{}}', undefined],
    ['null', undefined],
    ['not JSON', undefined],
    ['', undefined],
  ])('takes %s as the protocol means it', async (body, trouble) => {
    const { url } = await receiver({ body });
    expect(await send(url, result, { [HEADERS]: 'authorization=Bearer%20token' })).toBe(trouble);
  });

  it('says so where nobody listens', async () => {
    expect(await send(await deadUrl())).toContain('ECONNREFUSED');
  });
});
