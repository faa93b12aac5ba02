export interface HarCall {
  /** Epoch ms. */
  readonly at: number;
  readonly body: object;
  readonly status?: number;
  readonly time?: number;
  readonly answer?: string;
  readonly encoding?: string | undefined;
}

/** A call of Generate Answer as a browser saves it, with a key and an address that nothing may keep. */
export function harEntry({ at, body, status = 200, time = 2_000, answer = '[]', encoding }: HarCall) {
  const secrets = [
    { name: 'Authorization', value: 'Bearer fini_0123456789abcdef0123456789abcdef' },
    { name: 'Cookie', value: 'session=henrietta@quack.example' },
  ];
  const text = encoding === 'base64' ? Buffer.from(answer).toString('base64') : answer;
  return {
    startedDateTime: new Date(at).toISOString(),
    time,
    request: {
      method: 'POST',
      url: 'https://api.example/v2/hc-interactions/events/public',
      headers: secrets,
      postData: { mimeType: 'application/json', text: JSON.stringify(body) },
    },
    response: { status, headers: secrets, content: { mimeType: 'application/json', text, encoding } },
  };
}

export const harText = (entries: readonly object[]): string =>
  JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } }, null, 1);
