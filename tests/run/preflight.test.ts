import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import { preflight } from '../../scripts/run/preflight.ts';

it('ends at once when the user ends it while a service is silent', async () => {
  const stop = new AbortController();
  const server = createServer(() => stop.abort());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const asked = preflight({ baseUrl: `http://127.0.0.1:${port}`, botId: 'b' }, 'key', stop.signal);
  await expect(asked).rejects.toMatchObject({ exitCode: EXIT.interrupted });
  server.closeAllConnections();
  server.close();
});
