#!/usr/bin/env node
// The sources are TypeScript; tsx compiles them as they load, so that no build stands between a clone and a command.
import { register } from 'tsx/esm/api';

register();
await import('../scripts/cli.ts');
