import type { Plan } from '../../contracts/generated/plan.ts';
import { runHash, withReference } from '../../contracts/reference.ts';
import { scriptTable, templateOf } from '../../contracts/template.ts';
import { messageHash } from '../http/stored-conversation.ts';

/** What a plan says that its turns say. */
export interface Expectation {
  /** Hash of the run in its references; undefined where contents carry none. */
  readonly run: number | undefined;
  /** Hash of the content of a turn; undefined where the plan has no such turn, or does not keep it. */
  readonly contentHash: (conversation: number, turn: number) => string | undefined;
}

/** Stands where the plan that was kept leaves out what was said. */
const MARK = /\[(?:e-mail|personal|key)\]/;

/** Everything that a run says follows from its plan: seed, weights and scripts. */
export function expectationOf({ seed, runId, references, workload }: Plan): Expectation {
  const table = scriptTable(workload.conversations);
  const run = runHash(runId);
  return {
    run: references === true ? run : undefined,
    contentHash: (conversation, turn) => {
      const content = workload.conversations[templateOf(seed, conversation, table)]?.turns[turn]?.content;
      if (content === undefined || (workload.redacted === true && MARK.test(content))) return undefined;
      return messageHash(references === true ? withReference(content, { run, conversation, turn }) : content);
    },
  };
}
