export type Toast = { id: number; text: string; bad: boolean; undo?: () => void };

const SECONDS = 10;

/** Short messages at the foot of the page. The newest one that offers an undo can be undone with `z`. */
class Toasts {
  #list = $state.raw<Toast[]>([]);
  #next = 1;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  get list(): Toast[] {
    return this.#list;
  }

  /** The id that the next one will have. */
  get next(): number {
    return this.#next;
  }

  show(text: string, options: { bad?: boolean; undo?: () => void } = {}): void {
    const id = this.#next++;
    const toast: Toast = { id, text, bad: options.bad ?? false };
    if (options.undo) toast.undo = options.undo;
    // The same said again takes the place of the one before: a row of 「已儲存」 would cover what is being saved.
    const others = this.#list.filter((one) => one.undo || one.text !== text);
    this.#list = [...others.slice(-2), toast];
    this.resume(id);
  }

  /** A toast that is being read or aimed at stays. */
  pause(id: number): void {
    clearTimeout(this.#timers.get(id));
  }

  resume(id: number): void {
    this.pause(id);
    this.#timers.set(
      id,
      setTimeout(() => this.drop(id), SECONDS * 1000),
    );
  }

  drop(id: number): void {
    this.pause(id);
    this.#timers.delete(id);
    this.#list = this.#list.filter((toast) => toast.id !== id);
  }

  undoLatest(): boolean {
    const toast = this.#list.findLast((candidate) => candidate.undo);
    if (!toast) return false;
    this.undo(toast);
    return true;
  }

  undo(toast: Toast): void {
    this.drop(toast.id);
    toast.undo?.();
  }
}

export const toasts = new Toasts();
