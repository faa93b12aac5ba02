/** Commands that share nearly all of their code: one file of the package in place of one each. */
export { audit } from './audit.ts';
export { cleanup } from './cleanup.ts';
