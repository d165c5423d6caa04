import type { PropertyDeclarations } from 'lit'
import { LazyElement } from './core/lazy.ts'

/** `<order-care>`: the customer's orders, or one of them, and what can be done about it. */
export class OrderCare extends LazyElement {
  static override properties: PropertyDeclarations = { orderId: { attribute: 'order-id' } }

  /** This one order, without the list around it. */
  orderId = ''

  protected override fetchPanel = async () => (await import('./orders/panel.ts')).OrderPanel
}
