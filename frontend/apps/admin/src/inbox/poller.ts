export const VISIBLE_MS = 10_000;
export const HIDDEN_MS = 25_000;

export type Turn = 'list' | 'page' | 'refunds';

/**
 * One request each turn: the list, on every third turn the page over it (or the open conversation, where the list
 * does not tell whether it changed), and once a minute the number of refunds that wait. So an idle page asks six times
 * a minute, and hidden no more than three; a hidden one asks for the list alone, since only that says that its person
 * is here.
 */
export function turnOf(count: number, unwatched: boolean, hidden: boolean): Turn {
  if (hidden) return 'list';
  if (unwatched && count % 3 === 2) return 'page';
  return count % 6 === 4 ? 'refunds' : 'list';
}

/**
 * Calls `work` again and again, slower while the page is hidden, and at once when it is shown again. Each timer is
 * set after an answer, not by a timer: browsers wake chains of timers on hidden pages once a minute only, and a
 * person who says nothing for a minute is offline. `due` hears when the next turn is, by `performance.now()`, and which.
 */
export function poll(work: (count: number) => Promise<void>, due: (at: number, count: number) => void = () => undefined): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let count = 0;
  let stopped = false;
  let last = Date.now();

  const schedule = (): void => {
    clearTimeout(timer);
    if (stopped) return;
    const wait = document.hidden ? HIDDEN_MS : VISIBLE_MS;
    due(performance.now() + wait, count);
    timer = setTimeout(() => void turn(), wait);
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
