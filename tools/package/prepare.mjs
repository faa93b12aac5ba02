// npm calls "prepare" in every checkout after `npm ci`. Only where npm installs from git does it need what the package holds: npm then
// sets _PACOTE_NO_PREPARE_ for the installation inside its clone.
import { execFileSync } from 'node:child_process';

if (process.env._PACOTE_NO_PREPARE_ !== undefined) execFileSync('npm', ['run', 'prepack'], { stdio: 'inherit' });
