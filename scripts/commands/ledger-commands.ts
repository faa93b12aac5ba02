/** Commands that share nearly all of their code: one file of the package in place of one each. */
export { collect } from './collect.ts';
export { distribute } from './distribute.ts';
export { report } from './report.ts';
