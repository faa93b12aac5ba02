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
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#keys[parent] ?? 0) <= key) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#keys[at] = key;
    this.#turns[at] = turn;
  }

  pop(): number {
    const first = this.#turns[0] ?? 0;
    const size = --this.#size;
    const key = this.#keys[size] ?? 0;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && (this.#keys[child + 1] ?? 0) < (this.#keys[child] ?? 0)) child += 1;
      if ((this.#keys[child] ?? 0) >= key) break;
      this.#move(child, hole);
      hole = child;
    }
    this.#move(size, hole);
    return first;
  }

  #move(from: number, to: number): void {
    this.#keys[to] = this.#keys[from] ?? 0;
    this.#turns[to] = this.#turns[from] ?? 0;
  }

  #grow(): void {
    const [keys, turns] = [this.#keys, this.#turns];
    this.#keys = new Float64Array(2 * keys.length);
    this.#turns = new Int32Array(2 * turns.length);
    this.#keys.set(keys);
    this.#turns.set(turns);
  }
}
