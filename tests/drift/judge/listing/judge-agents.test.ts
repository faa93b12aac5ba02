import { expect, it } from 'vitest';
import { judgeAgents } from '../../../../scripts/drift/judge/listing/judge-agents.ts';
import { agents, BOT, id, lines, turn, viewOf } from '../../made-run.ts';

const agent = (of: string, day: string) => ({ id: of, name: 'Agent', createdAt: `2026-01-${day}T00:00:00Z` });
const OWN = agent(BOT, '02');
const OLDER = agent(id('b', 2), '01');
const NEWER = agent(id('b', 3), '03');

it.each([
  ['newest first', [NEWER, OWN, OLDER], []],
  ['oldest first', [OLDER, OWN], ['listing-order #/agents/*/createdAt']],
  ['with one twice', [OWN, OWN], ['agents-repeat #/agents/*/id']],
  ['without the one that answers', [NEWER], ['agent-missing #/agents']],
  ['none', [], ['agent-missing #/agents']],
])('agents, %s', (_, body, expected) => {
  expect(lines(judgeAgents(viewOf([[turn(1)], [agents(body)]])))).toEqual(expected);
});

it.each([
  ['the same', [NEWER, OWN], []],
  ['with one more, of a colleague', [NEWER, OWN, OLDER], []],
  ['dated anew', [NEWER, agent(BOT, '01')], ['agent-altered #/agents/*/createdAt']],
])('agents that are listed again, %s', (_, again, expected) => {
  expect(lines(judgeAgents(viewOf([[turn(1)], [agents([NEWER, OWN]), agents(again)]])))).toEqual(expected);
});
