import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../../../contracts/generated/findings.ts';
import { redact, redactStrings } from '../../../contracts/redact.ts';
import { jsonText } from '../../foundation/text/printable.ts';
import type { FoldedFinding } from '../fold.ts';
import type { Probe } from '../sighting.ts';

const PER_FINDING = 3;
const DIGITS = 6;
/** Enough of a body to see what is wrong with it. */
const BODY_CHARS = 20_000;

/** Writes the first exchanges of each finding to `evidence/`, without keys and personal data, as the ledger has them; returns the findings that name them. */
export async function writeEvidence(folder: string, folded: readonly FoldedFinding[]): Promise<Finding[]> {
  const chosen = new Map<Probe, string>();
  const findings = folded.map(({ finding, probes }) => {
    const evidence = probes.slice(0, PER_FINDING).map((probe) => {
      const file = `evidence/${String(probe.index).padStart(DIGITS, '0')}.json`;
      chosen.set(probe, file);
      return file;
    });
    return { ...finding, evidence };
  });
  if (chosen.size > 0) await mkdir(join(folder, 'evidence'), { recursive: true, mode: 0o700 });
  for (const [probe, file] of chosen) {
    await writeFile(join(folder, file), jsonText(redactStrings(evidenceOf(probe), redact), 2), {
      mode: 0o600,
    });
  }
  return findings;
}

function evidenceOf({ step, operation, exchange }: Probe): unknown {
  const { url, conversation, sentAt, settledAt, durationMs, status, headers, body } = exchange;
  return {
    operation,
    condition: step.expect.condition,
    expected: step.expect,
    request: { method: step.method, url, auth: step.auth, ...(conversation && { conversation }), body: step.body },
    response: { status, headers, body: body.slice(0, BODY_CHARS), bodyChars: body.length },
    timing: { sentAt, settledAt, durationMs },
  };
}
