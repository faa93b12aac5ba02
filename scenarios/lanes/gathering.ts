/** Tasks under way. */
export interface Gathering {
  /** One has begun. */
  readonly enter: () => void;
  /** One is over. */
  readonly leave: () => void;
  /** Resolves when none is under way; to be called once all have begun. */
  readonly over: () => Promise<void>;
}

/** Stands in for Promise.all, which in k6 keeps some 3 kB for every task until the last one is over. */
export function gathering(): Gathering {
  let inside = 0;
  let resolve: (() => void) | undefined;
  return {
    enter: () => {
      inside += 1;
    },
    leave: () => {
      inside -= 1;
      if (inside === 0) resolve?.();
    },
    over: () =>
      new Promise((done) => {
        resolve = done;
        if (inside === 0) done();
      }),
  };
}
