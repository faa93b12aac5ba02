import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laneRoom } from '../../scenarios/lanes/room.ts';

const LARGE = 2_000_000;
const SMALL = 2_000;

/** Runs turns through a room as a lane does: each enters when it is due and leaves when it is settled, first in first out. */
async function drive(
  sizes: readonly (number | undefined)[],
  width: number,
): Promise<{ order: number[]; most: number[]; held: number }> {
  const room = laneRoom();
  const order: number[] = [];
  const most: number[] = [];
  const out: number[] = [];
  const turn = async (index: number): Promise<void> => {
    await room.enter();
    order.push(index);
    out.push(index);
    most.push(out.length);
  };
  let next = 0;
  const turns: Promise<void>[] = [];
  while (order.length < sizes.length || out.length > 0) {
    while (next < sizes.length && turns.length - order.length + out.length < width) turns.push(turn(next++));
    await new Promise(setImmediate);
    const settled = out.shift();
    if (settled !== undefined) room.leave(sizes[settled]);
  }
  return { order, most, held: room.held() };
}

describe('laneRoom', () => {
  it('holds nobody back while answers are short', () => {
    const room = laneRoom();
    for (let turn = 0; turn < 1_000; turn++) expect(room.enter()).toBeUndefined();
    expect(room.held()).toBe(0);
  });

  it('lets one turn go at a time where every answer is long', async () => {
    const { most, held } = await drive(
      Array.from({ length: 40 }, () => LARGE),
      10,
    );
    expect(Math.max(...most.slice(0, 10))).toBe(10);
    expect(Math.max(...most.slice(10))).toBe(1);
    expect(held).toBeGreaterThan(0);
  });

  it('lets no turn go after a long answer until all that is in flight is settled, however short', async () => {
    const room = laneRoom();
    for (let turn = 0; turn < 5; turn++) expect(room.enter()).toBeUndefined();
    room.leave(LARGE);
    const waiting = [room.enter(), room.enter(), room.enter()];
    let sent = 0;
    for (const turn of waiting) void turn?.then(() => (sent += 1));
    for (let settled = 1; settled <= 4; settled++) {
      await new Promise(setImmediate);
      expect(sent).toBe(0);
      room.leave(SMALL);
    }
    await new Promise(setImmediate);
    expect(sent).toBe(2);
  });

  it('learns nothing from a turn without an answer', async () => {
    const { most } = await drive([LARGE, ...Array.from({ length: 20 }, () => undefined)], 4);
    expect(Math.max(...most.slice(4))).toBe(1);
  });

  it('is as it was after enough short answers', async () => {
    const room = laneRoom();
    expect(room.enter()).toBeUndefined();
    room.leave(LARGE);
    for (let turn = 0; turn < 100; turn++) {
      expect(room.enter()).toBeUndefined();
      room.leave(SMALL);
    }
    for (let turn = 0; turn < 500; turn++) expect(room.enter()).toBeUndefined();
  });

  it('gives the place of a turn that was not sent to the next', async () => {
    const room = laneRoom();
    void room.enter();
    room.leave(LARGE);
    expect(room.enter()).toBeUndefined();
    const second = room.enter();
    const third = room.enter();
    room.leave(SMALL);
    await second;
    room.leave(undefined);
    await third;
    expect(room.held()).toBe(2);
  });

  it('sends every turn once, in order, whatever the sizes', async () => {
    const sizes = fc.array(fc.constantFrom(SMALL, LARGE), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 20 }), async (sizes, width) => {
        const { order } = await drive(sizes, width);
        expect(order).toEqual(sizes.map((_, index) => index));
      }),
      { numRuns: 50 },
    );
  });
});
