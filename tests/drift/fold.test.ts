import { describe, expect, it } from 'vitest';
import type { Finding } from '../../contracts/generated/findings.ts';
import { withDistributions } from '../../scripts/drift/baseline/judge-distributions.ts';
import { fold } from '../../scripts/drift/fold.ts';
import { judgeRun } from '../../scripts/drift/judge/judge-run.ts';
import {
  continued,
  conversation,
  event,
  exchangeOf,
  found,
  id,
  type Made,
  page,
  read,
  turn,
  viewOf,
} from './made-run.ts';

const findings = (chains: readonly (readonly Made[])[]) => {
  const view = viewOf(chains);
  return fold(judgeRun(view), view.run.probes).map(({ finding }) => finding);
};

describe('findings', () => {
  const missing = exchangeOf(1).map(({ tags, ...rest }) => rest);
  it('count the answers that show them among those that could', () => {
    const [one, ...others] = findings([[turn(1, missing as never)], [turn(2)], [turn(3)], [turn(4)]]);
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      rule: 'response-required-property-removed',
      template: '#/responses/200/body/*/tags',
      frequency: { k: 1, n: 4 },
    });
  });

  it('are one for a change that Get and List conversations show, too', () => {
    const whole = conversation(1, missing as never);
    const list = findings([[turn(1, missing as never), found(page([whole])), read(whole)]]);
    expect(list).toHaveLength(1);
    expect(list[0]?.spread.operations).toEqual(['generate-answer', 'list-conversations', 'get-conversation']);
  });

  it('take in what follows from them, as related', () => {
    const lost = conversation(1, exchangeOf(1).slice(0, 1));
    const list = findings([[turn(1), found(page([lost])), read(lost)]]);
    expect(list.map(({ rule, related }) => [rule, related.map((it) => it.rule)])).toEqual([
      ['persistence-missing', ['listed-otherwise']],
    ]);
  });

  it('keep their id from run to run, wherever they were seen first', () => {
    const second = exchangeOf(2).map(({ tags, ...rest }) => rest);
    const runs = [[turn(1, missing as never)], [turn(1), continued(2, second as never)]];
    const [a, b] = runs.map((chain) => findings([chain]).map((finding) => finding.id));
    expect(a).toHaveLength(1);
    expect(b).toEqual(a);
  });

  it('come worst first', () => {
    const extra = [
      event({ message: 'Question 3.', id: id('k', 1) }),
      event({ id: id('k', 2), role: 'finibot', message: 'fini_0123456789abcdefghij' }),
    ];
    const rules = findings([[turn(1, missing as never)], [turn(3, extra)]]).map(({ class: cls }) => cls);
    expect(rules).toEqual(['critical', 'breaking']);
  });
});

describe('distributions', () => {
  const distribution = (metric: string) =>
    ({
      rule: 'distribution-changed',
      template: `#/distribution/${metric}`,
      frequency: { k: 12 },
      related: [],
      statistics: { metric },
    }) as unknown as Finding;
  const constant = {
    rule: 'reply-constant',
    template: '#/responses/200/body/*/message',
    related: [],
  } as unknown as Finding;

  it('of what replies say belong to the finding on single replies', () => {
    const [length, latency] = [distribution('reply.length'), distribution('reply.latency')];
    const all = withDistributions([constant], [length, latency]);
    expect(all.map(({ rule }) => rule)).toEqual(['reply-constant', 'distribution-changed']);
    expect(all[0]?.related).toMatchObject([{ rule: 'distribution-changed', template: '#/distribution/reply.length' }]);
  });

  it('what is asked for and was lost is a part of the finding that says so', () => {
    const lost = {
      rule: 'persistence-missing',
      template: '#/readback/events/*',
      related: [],
    } as unknown as Finding;
    const all = withDistributions([lost], ['reply.recall', 'reply.length'].map(distribution));
    expect(all.map(({ rule, related }) => [rule, related.length])).toEqual([
      ['persistence-missing', 1],
      ['distribution-changed', 0],
    ]);
  });

  it('how late turns are shown is a part of the finding on reads that were not answered', () => {
    const unread = (rule: string, operation: string) =>
      ({
        rule,
        template: '#/responses/*/body',
        related: [],
        spread: { operations: [operation] },
      }) as unknown as Finding;
    const late = distribution('turn.visible-late');
    const parts = (finding: Finding) => withDistributions([finding], [late]).map(({ related }) => related.length);
    expect(parts(unread('answer-cut-off', 'get-conversation'))).toEqual([1]);
    expect(parts(unread('availability', 'get-conversation'))).toEqual([1]);
    expect(parts(unread('answer-cut-off', 'list-agents'))).toEqual([0, 0]);
  });

  it('how many articles replies name is a part of the finding on lists of articles', () => {
    const lists = (template: string) =>
      ({ rule: 'readback-altered', class: 'behavioural', template, related: [] }) as unknown as Finding;
    const parts = (template: string) =>
      withDistributions([lists(template)], [distribution('reply.articles')]).map(({ related }) => related.length);
    expect(parts('#/readback/events/*/usedArticles')).toEqual([1]);
    expect(parts('#/readback/events/*/message')).toEqual([1]);
    expect(parts('#/readback/events/*/createdAt')).toEqual([0, 0]);
  });

  it('of how replies are written explain those of length, and leave others alone', () => {
    const all = withDistributions([], ['reply.length', 'reply.latency', 'reply.markup'].map(distribution));
    expect(all.map(({ template }) => template)).toEqual([
      '#/distribution/reply.latency',
      '#/distribution/reply.markup',
    ]);
    expect(all[1]?.related).toMatchObject([{ template: '#/distribution/reply.length' }]);
  });

  it.each([
    ['of the replies that changed most were asked for what had been said', 20, ['reply.recall'], 2],
    ['other replies changed as well', 60, ['reply.fallback', 'reply.articles'], 1],
  ])('what is forgotten is a finding of its own where %s', (_, fallbacks, expected, related) => {
    const counted = (metric: string, changed: number, n: number) => {
      const one = distribution(metric);
      return { ...one, statistics: { metric, unit: 'difference', baseline: 0, observed: changed / n, n } } as Finding;
    };
    const all = withDistributions(
      [],
      [counted('reply.articles', 12, 90), counted('reply.fallback', fallbacks, 90), counted('reply.recall', 20, 24)],
    );
    expect(all.map(({ statistics }) => statistics?.metric).sort()).toEqual([...expected].sort());
    expect(all.find(({ statistics }) => statistics?.metric === expected[0])?.related).toHaveLength(related);
  });

  it('of what is left belong to the finding for which many replies were left out', () => {
    const secret = {
      ...{ rule: 'secret-shown', class: 'critical', related: [] },
      ...{ template: '#/responses/200/body/*/usedArticles/*/documentUrl', spread: { operations: ['generate-answer'] } },
    } as unknown as Finding;
    const of = (broken: number) => withDistributions([secret], [distribution('reply.linked-article')], broken);
    expect([of(0.4).length, of(0.05).length, of(0.4)[0]?.related.length]).toEqual([1, 2, 1]);
  });

  it('stand alone without one', () => {
    expect(withDistributions([], [distribution('reply.length')])).toHaveLength(1);
  });
});
