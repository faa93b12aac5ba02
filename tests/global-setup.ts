import { findK6 } from '../scripts/k6/provision.ts';
import { processIo } from '../scripts/process-io.ts';

/** k6 is provided once, before any test: building it takes longer than a test may. */
export default async function setup(): Promise<void> {
  await findK6(processIo());
}
