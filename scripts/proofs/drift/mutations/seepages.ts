import { expectation, HEADER, STATUS } from '../expectations.ts';
import { asked, each, header, maker, onShown } from './changes.ts';
import { good, isJson, type Json, list, type Mutation, refused } from './mutation.ts';

const granted = expectation('critical', STATUS);
const additiveAt = (name: string) => expectation('additive', new RegExp(`/${name}$`));
const made = maker('seepage');

/** What gets out at places where nobody looks for it, and what is new at such places. Written before any was run. */
export const SEEPAGES: readonly Mutation[] = [
  asked(
    made(
      'second-try',
      'a key that was refused is accepted from the second time on',
      granted,
      ({ status }, { operation, authorization }, memory) => {
        if (status === 401) memory.set(`refused ${authorization}`, true);
        if (status === 200 && operation === 'turn' && !memory.has('valid')) memory.set('valid', authorization);
      },
    ),
    ({ authorization }, memory) => {
      const valid = memory.get('valid');
      return memory.has(`refused ${authorization}`) && authorization.startsWith('Bearer ') && typeof valid === 'string'
        ? { authorization: valid }
        : undefined;
    },
  ),
  made(
    'replayed',
    'a header says that an answer was not replayed',
    expectation('additive', HEADER),
    header('turn', 'idempotency-replayed', 'false'),
  ),
  made(
    'bulk-counted',
    'the refusal of a removal of many says how many are gone',
    additiveAt('removed'),
    refused(406, ({ body }) => void (isJson(body) && Object.assign(body, { removed: 1 }))),
  ),
  made(
    'avatar',
    'agents can have a picture, and have none',
    additiveAt('avatarUrl'),
    good('agents', (body: Json[]) => each(list(body), (one) => Object.assign(one, { avatarUrl: null }))),
  ),
  made(
    'latest-marked',
    'the latest event of a conversation says so, when it is read',
    additiveAt('isLatest'),
    onShown((one) => each(list(one.events).slice(-1), (event) => Object.assign(event, { isLatest: true }))),
  ),
];
