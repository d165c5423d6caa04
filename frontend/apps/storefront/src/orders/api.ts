import { request, tokenOf, type Connection, type Request } from '../core/api.ts'
import { Problem } from '../core/problem.ts'
import type { Command } from './asking.ts'
import type { Changed, MyOrderRow, Tracked } from './wire.ts'

/** The customer's own orders. */
export class OrdersApi {
  constructor(private readonly connection: Connection) {}

  async list(): Promise<MyOrderRow[]> {
    return (await this.mine<{ orders: MyOrderRow[] }>('')).orders
  }

  track(number: string): Promise<Tracked> {
    return this.mine(`/${encodeURIComponent(number)}`)
  }

  command(number: string, { path, body }: Command, key: string): Promise<Changed> {
    return this.mine(`/${encodeURIComponent(number)}/${path}`, { body, key })
  }

  private async mine<T>(path: string, what: Request = {}): Promise<T> {
    const token = await tokenOf(this.connection)
    if (!token) throw new Problem('guest')
    return request(this.connection, `my/orders${path}`, { ...what, token })
  }
}
