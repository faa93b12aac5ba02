import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../../scripts/foundation/package-root.ts';
import { bundleClient } from '../../../scripts/view/server/bundle-client.ts';

const MOST_BYTES = 150_000;

it('is small, and asks nobody else', async () => {
  const script = await bundleClient(PACKAGE_ROOT);
  expect(gzipSync(script).length).toBeLessThan(MOST_BYTES);
  expect(script).toContain('/api/runs');
  expect(script.match(/https?:\/\/[^"'`\s)]+/g)?.filter((url) => !url.startsWith('http://www.w3.org/')) ?? []).toEqual(
    [],
  );
});
