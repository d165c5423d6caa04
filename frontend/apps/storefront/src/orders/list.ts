import type { Problem } from '../core/problem.ts'
import type { OrderPanel } from './panel.ts'
import type { MyOrder, MyOrderRow } from './wire.ts'

/** The customer's orders, as the API gives them: newest first. */
export class OrderList {
  orders: MyOrderRow[] = []
  phase: 'loading' | 'failed' | 'ready' = 'loading'
  trouble: Problem | undefined

  private run = 0

  constructor(private readonly panel: OrderPanel) {}

  readonly load = async (): Promise<void> => {
    const run = ++this.run
    this.phase = 'loading'
    this.panel.redraw()
    try {
      const orders = await this.panel.api.list()
      if (run !== this.run) return
      this.orders = orders
      this.phase = 'ready'
    } catch (error) {
      if (run !== this.run) return
      this.trouble = this.panel.host.problem(error)
      this.phase = 'failed'
    }
    this.panel.redraw()
  }

  /** What happened to the order that was opened shows in the list, too. */
  put({ number, standing, overdue, ship_by }: MyOrder): void {
    this.orders = this.orders.map((known) => (known.number === number ? { ...known, standing, overdue, ship_by } : known))
  }
}
