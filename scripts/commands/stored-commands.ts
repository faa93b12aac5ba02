/** Commands that share nearly all of their code: one file of the package in place of one each. */
export { baseline } from './baseline.ts';
export { history } from './history.ts';
