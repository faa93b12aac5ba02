import { createHash } from 'node:crypto';
import { expectation } from '../expectations.ts';
import { type Change, maker } from './changes.ts';
import { isJson, type Json, type Mutation } from './mutation.ts';

export const made = maker('novelty');

export const BODY = /^#\/responses\/[^/]+\/body/;

export const at = (cls: Mutation['expected']['class'], name: string) =>
  expectation(cls, new RegExp(`/${name}(/\\*)?$`));

export const hash = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(parts.join(' ')).digest('hex');

export const both =
  (...changes: readonly Change[]): Change =>
  (...exchange) => {
    for (const change of changes) change(...exchange);
  };

export const onErrors =
  (change: (body: Json, status: number) => void): Change =>
  (response) => {
    if (response.status >= 400 && isJson(response.body)) change(response.body, response.status);
  };
