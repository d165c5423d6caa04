import { request, tokenOf, type Connection, type Request } from '../core/api.ts'
import { Problem } from '../core/problem.ts'
import type { Inquiry, InquiryPage, Rating } from '../core/wire.ts'

/** The customer's own inquiries: one method per use case. */
export class HistoryApi {
  constructor(private readonly connection: Connection) {}

  list(source?: string, cursor?: string): Promise<InquiryPage> {
    const query = new URLSearchParams()
    if (source) query.set('source', source)
    if (cursor) query.set('cursor', cursor)
    return this.mine(query.size ? `?${query}` : '')
  }

  show(id: string, before?: number): Promise<Inquiry> {
    return this.mine(`/${encodeURIComponent(id)}${before === undefined ? '' : `?before=${before}`}`)
  }

  write(id: string, text: string, key: string): Promise<{ inquiry: Inquiry; opened_new: boolean }> {
    return this.mine(`/${encodeURIComponent(id)}/messages`, { body: { text }, key })
  }

  settle(id: string): Promise<Inquiry> {
    return this.mine(`/${encodeURIComponent(id)}/settle`, { body: {} })
  }

  rate(id: string, rating: Rating, comment: string): Promise<Inquiry> {
    return this.mine(`/${encodeURIComponent(id)}/rating`, { body: comment ? { rating, comment } : { rating } })
  }

  private async mine<T>(path: string, what: Request = {}): Promise<T> {
    const token = await tokenOf(this.connection)
    if (!token) throw new Problem('guest')
    return request(this.connection, `my/inquiries${path}`, { ...what, token })
  }
}
