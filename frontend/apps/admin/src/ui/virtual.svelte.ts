import { revealOffset, visibleSpan } from './window';

/** Which rows of fixed height to draw, by index, for a scrolling element. The row at `keep` is always among them. */
export class VirtualRows {
  #scrolled = $state(0);
  #height = $state(0);
  #element: HTMLElement | undefined;
  readonly #count: () => number;
  readonly #size: () => number;
  readonly #keep: () => number;

  constructor(rows: { count: () => number; size: () => number; keep: () => number }) {
    this.#count = rows.count;
    this.#size = rows.size;
    this.#keep = rows.keep;
  }

  readonly visible: number[] = $derived.by(() => {
    const [count, keep] = [this.#count(), this.#keep()];
    const { first, end } = visibleSpan(count, this.#size(), this.#scrolled, this.#height);
    const rows = Array.from({ length: end - first }, (_, at) => first + at);
    const outside = keep >= 0 && keep < count && (keep < first || keep >= end);
    return outside ? [...rows, keep] : rows;
  });

  get total(): number {
    return this.#count() * this.#size();
  }

  /** Watches the element's size and scrolling. To be used as an attachment. */
  attach = (element: HTMLElement): (() => void) => {
    this.#element = element;
    const scrolled = (): void => {
      this.#scrolled = element.scrollTop;
    };
    const resized = new ResizeObserver(() => {
      this.#height = element.clientHeight;
    });
    element.addEventListener('scroll', scrolled, { passive: true });
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', scrolled);
      resized.disconnect();
      this.#element = undefined;
    };
  };

  reveal(index: number): void {
    const element = this.#element;
    if (!element) return;
    const offset = revealOffset(index, this.#size(), element.scrollTop, element.clientHeight);
    if (offset !== undefined) element.scrollTop = offset;
  }
}
