import type { LedgerLine } from '../../contracts/generated/ledger.ts';
import { apiKey } from './plan.ts';

const E_MAIL = /[^\s"@<>(),;:]+@[^\s"@<>(),;:]+/g;

/**
 * Writes one line of the ledger: k6 sends the console to `turns.ndjson`, where it survives a SIGKILL.
 * The one place where text leaves a scenario, so the one place that takes secrets out of it.
 */
export function record(line: LedgerLine): void {
  let text = JSON.stringify(line);
  if (apiKey !== '' && text.includes(apiKey)) text = text.split(apiKey).join('[key]');
  if (text.includes('@')) text = text.replace(E_MAIL, '[e-mail]');
  console.log(text);
}
