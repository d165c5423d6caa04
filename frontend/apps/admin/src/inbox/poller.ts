export const VISIBLE_MS = 10_000;
export const HIDDEN_MS = 25_000;

export type Turn = 'list' | 'conversation';

/**
 * One request each turn: the list, and on every third turn the open conversation where the list does not
 * tell whether it changed. So an idle page asks six times a minute, and hidden no more than three.
 */
export function turnOf(count: number, conversationUnwatched: boolean): Turn {
  return conversationUnwatched && count % 3 === 2 ? 'conversation' : 'list';
}

/** Calls `work` again and again, slower while the page is hidden, and at once when it is shown again. */
export function poll(work: (count: number) => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let count = 0;
  let stopped = false;
  let last = Date.now();

  const schedule = (): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void turn(), document.hidden ? HIDDEN_MS : VISIBLE_MS);
  };
  const turn = async (): Promise<void> => {
    clearTimeout(timer);
    last = Date.now();
    try {
      await work(count++);
    } finally {
      schedule();
    }
  };
  const shown = (): void => {
    if (!document.hidden && Date.now() - last >= VISIBLE_MS) void turn();
    else schedule();
  };

  document.addEventListener('visibilitychange', shown);
  window.addEventListener('online', shown);
  schedule();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', shown);
    window.removeEventListener('online', shown);
  };
}
