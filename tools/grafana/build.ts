import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../scripts/foundation/package-root.ts';
import { runsDashboard } from './dashboard.ts';

await writeFile(
  join(PACKAGE_ROOT, 'deploy', 'grafana', 'fini-harness-runs.json'),
  `${JSON.stringify(runsDashboard(), null, 2)}\n`,
);
