/** Turns in service, the one first that is done first. */
export class DoneHeap {
  #size = 0;
  #keys = new Float64Array(64);
  #turns = new Int32Array(64);

  get size(): number {
    return this.#size;
  }

  /** When the first one is done. */
  get least(): number {
    return this.#keys[0] ?? 0;
  }

  push(key: number, turn: number): void {
    if (this.#size === this.#keys.length) this.#grow();
    const [keys, turns] = [this.#keys, this.#turns];
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = keys[parent] ?? 0;
      if (above <= key) break;
      keys[at] = above;
      turns[at] = turns[parent] ?? 0;
      at = parent;
    }
    keys[at] = key;
    turns[at] = turn;
  }

  pop(): number {
    const [keys, turns] = [this.#keys, this.#turns];
    const first = turns[0] ?? 0;
    const size = --this.#size;
    const key = keys[size] ?? 0;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && (keys[child + 1] ?? 0) < (keys[child] ?? 0)) child += 1;
      const below = keys[child] ?? 0;
      if (below >= key) break;
      keys[hole] = below;
      turns[hole] = turns[child] ?? 0;
      hole = child;
    }
    keys[hole] = key;
    turns[hole] = turns[size] ?? 0;
    return first;
  }

  #grow(): void {
    const [keys, turns] = [this.#keys, this.#turns];
    this.#keys = new Float64Array(2 * keys.length);
    this.#turns = new Int32Array(2 * turns.length);
    this.#keys.set(keys);
    this.#turns.set(turns);
  }
}
