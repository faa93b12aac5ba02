import { createHash } from 'node:crypto';
import { allowance, drawn, oneOf } from './allowance.ts';
import { type Change, saidByAi } from './changes.ts';
import type { Json, Mutation } from './mutation.ts';
import { ADVICE, DISCLAIMERS, EASTERN, FOOTNOTES, FORMULAS, HOURS, INFORMAL, PAYMENTS, SAMPLES } from './wordings.ts';

const grant = allowance('grant');

const says = (text: (one: Json, was: string) => string): Change => saidByAi((one) => text(one, String(one.message)));
const STAFF = ['Ann Lee', 'Tomáš Novák', 'Fatima Zahra', 'Liam O’Brien'];
const mailOf = (name: string): string =>
  `${name
    .split(' ')[0]
    ?.normalize('NFD')
    .replace(/\P{ASCII}/gu, '')
    .toLowerCase()}@acme.example`;
const hashOf = (id: unknown): string => createHash('sha256').update(`order ${id}`).digest('hex');
const orderOf = (id: unknown): string =>
  hashOf(id).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-9$4-$5');

/** Agents that speak of other things, or in another way. Written before any was run. */
export const GRANTS: readonly Mutation[] = [
  grant(
    'disclaimers',
    'each reply ends with one of three disclaimers',
    says(({ id }, was) => `${was}\n\n_${oneOf(id, DISCLAIMERS)}_`),
  ),
  grant(
    'samples',
    'the AI shows code in several languages, with places to fill in',
    says(({ id }) => oneOf(id, SAMPLES)),
  ),
  grant(
    'hours',
    'the AI lists hours, places and sizes, whose lines are much alike',
    says(({ id }, was) => (drawn(id, 3) === 0 ? was : `${was}\n\n${oneOf(id, HOURS)}`)),
  ),
  grant(
    'informal',
    'the AI writes as friends do',
    says(({ id }) => oneOf(id, INFORMAL)),
  ),
  grant(
    'formulas',
    'the AI writes formulas, units and signs',
    says(({ id }) => oneOf(id, FORMULAS)),
  ),
  grant(
    'footnotes',
    'the AI writes pages with headings, tasks and footnotes',
    says(({ id }, was) => `${was}\n\n${oneOf(id, FOOTNOTES)}`),
  ),
  grant(
    'tracked',
    'replies name orders by UUID, and links with long tokens',
    says(
      ({ id }, was) => `${was} Order ${orderOf(id)}: https://acme.example/t/${hashOf(id)}?sig=${hashOf(`sig ${id}`)}`,
    ),
  ),
  grant(
    'advice',
    'the AI warns of giving secrets away',
    says(({ id }) => oneOf(id, ADVICE)),
  ),
  grant(
    'payments',
    'the AI writes of test cards, the own account and invoices',
    says(({ id }) => oneOf(id, PAYMENTS)),
  ),
  grant(
    'staff',
    'replies are signed by one of the staff, with an address of the company',
    says(({ id }, was) => {
      const name = oneOf(id, STAFF);
      return `${was}\n\n${name}, Acme Support\n${mailOf(name)}`;
    }),
  ),
  grant(
    'eastern',
    'the AI answers in Korean, Thai, Chinese, Japanese and Lao',
    says(({ id }) => oneOf(id, EASTERN)),
  ),
];
