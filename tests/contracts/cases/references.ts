import { referenceText, runHash } from '../../../contracts/reference.ts';
import { BODY, type Case, changed, legal } from './case.ts';

const own = { run: runHash('this run'), conversation: 12, turn: 0 };
const mine = referenceText(own);
const content = `Where is my order? ${mine}`;
const turn = { content, reference: own };
const foreign = (over: Partial<typeof own>): string => referenceText({ ...own, ...over });

const crossTalk = [`critical cross-talk ${BODY}/*/message`];
const says = (name: string, message: string, expect: readonly string[]): Case =>
  changed(
    name,
    ([stored, reply]) => {
      stored.message = content;
      reply.message = message;
    },
    expect,
    { turn },
  );

export const REFERENCES: readonly Case[] = [
  legal(
    'the content ends in its reference',
    ([stored]) => {
      stored.message = content;
    },
    { turn },
  ),
  says('the reply quotes its own reference', `You asked: ${content}`, []),
  says('the reply quotes an earlier turn of its conversation', `As you said ${foreign({ turn: 3 })}`, []),
  says('the reply holds a reference that nobody made', 'See [ref:abc-1-1-0000].', []),
  says('the reply holds the mark alone', 'Write [ref:number] in the subject.', []),
  says('the reply belongs to another conversation', `Your parcel ${foreign({ conversation: 13 })}`, crossTalk),
  says('the reply belongs to another run', `Your parcel ${foreign({ run: runHash('another') })}`, crossTalk),
  changed(
    'the whole answer belongs to another conversation',
    ([stored]) => {
      stored.message = `Where is my order? ${foreign({ conversation: 99 })}`;
    },
    crossTalk,
    { turn },
  ),
];
