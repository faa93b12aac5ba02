import { describe, expect, it } from 'vitest';
import { judgeUnicode } from '../../../../scripts/drift/judge/answer/judge-unicode.ts';
import { conversation, exchangeOf, found, lines, page, read, turn, viewOf } from '../../made-run.ts';

describe('half a character', () => {
  const judge = (subjectPreview: string) => {
    const events = exchangeOf(0);
    const whole = conversation(0, events, { subjectPreview });
    const { probes } = viewOf([[turn(0, events), found(page([whole, whole])), read(whole)]]).run;
    return lines(probes.flatMap(judgeUnicode));
  };

  it('is found once for each place', () => {
    expect(judge('Caf\u00e9 \ud83d')).toEqual([
      'text-garbled #/responses/200/body/interactions/*/subjectPreview',
      'text-garbled #/responses/200/body/subjectPreview',
    ]);
  });

  it.each(['Caf\u00e9 \ud83d\ude42', 'Coffee', '\\ud83d'])('is not in %j', (text) => expect(judge(text)).toEqual([]));
});
