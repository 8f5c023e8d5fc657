/** Work that is done once for all who ask for it at the same time. */
export class SharedWork {
  readonly #running = new Map<string, Promise<void>>();

  run(key: string, work: () => Promise<void>): Promise<void> {
    const running = this.#running.get(key) ?? work().finally(() => this.#running.delete(key));
    this.#running.set(key, running);
    return running;
  }

  /** Resolves once all of it has ended, well or not. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#running.values());
  }
}
