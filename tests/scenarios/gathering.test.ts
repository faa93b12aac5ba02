import { describe, expect, it } from 'vitest';
import { gathering } from '../../scenarios/lanes/gathering.ts';

/** Whether a promise is settled once all that is due has run. */
async function isOver(promise: Promise<void>): Promise<boolean> {
  let over = false;
  void promise.then(() => {
    over = true;
  });
  await Promise.resolve();
  await Promise.resolve();
  return over;
}

describe('gathering', () => {
  it('is over at once where nothing has begun, or all is over already', async () => {
    expect(await isOver(gathering().over())).toBe(true);
    const { enter, leave, over } = gathering();
    enter();
    leave();
    expect(await isOver(over())).toBe(true);
  });

  it('is over when the last task is, those that begin meanwhile among them', async () => {
    const { enter, leave, over } = gathering();
    enter();
    enter();
    const end = over();
    leave();
    expect(await isOver(end)).toBe(false);
    enter();
    leave();
    expect(await isOver(end)).toBe(false);
    leave();
    expect(await isOver(end)).toBe(true);
  });
});
