import { randomUUID } from 'node:crypto';
import type { APIRequestContext, APIResponse } from '@playwright/test';

export type Member = { id: string; name: string; email: string; phone?: string; orders?: string[] };
export type Submission = {
  category?: string;
  subject?: string;
  text?: string;
  order?: string;
  source?: string;
};
export type Known = { id: string; version: number; status: string; assignee?: string; flag?: string; tags: string[]; unread: boolean };

/** What customers and other agents do while a test looks at the page: the real API of the real host. */
export class Host {
  readonly #request: APIRequestContext;
  readonly #agents = new Map<string, string>();

  constructor(request: APIRequestContext) {
    this.#request = request;
  }

  /** A member that no other test knows. */
  member(name: string): Member {
    const id = `m-${randomUUID().slice(0, 8)}`;
    return { id, name, email: `${id}@example.com`, phone: '0912345678', orders: [`A${id}`] };
  }

  async memberToken(shop: string, member: Member): Promise<string> {
    return (await this.#json<{ token: string }>('/local/member-token', { shop, ...member })).token;
  }

  async submit(shop: string, member: Member, what: Submission = {}): Promise<string> {
    const body = { category: 'order', subject: '訂單何時出貨', text: '五天了還沒收到', ...what };
    const token = await this.memberToken(shop, member);
    return (await this.#json<{ id: string }>(`/v1/shops/${shop}/inquiries`, body, token)).id;
  }

  async write(shop: string, member: Member, inquiry: string, text: string): Promise<void> {
    const token = await this.memberToken(shop, member);
    await this.#json(`/v1/shops/${shop}/my/inquiries/${inquiry}/messages`, { text }, token);
  }

  async show(shop: string, inquiry: string, agent: string): Promise<Known> {
    const headers = { authorization: `Bearer ${await this.#agent(agent)}` };
    const answer = await this.#request.get(`/v1/shops/${shop}/inquiries/${inquiry}`, { headers });
    return (await parsed<{ inquiry: Known }>(answer)).inquiry;
  }

  /** A command in an agent's name, on the newest version. */
  async command(shop: string, inquiry: string, agent: string, name: string, body: object): Promise<void> {
    const { version } = await this.show(shop, inquiry, agent);
    const path = `/v1/shops/${shop}/inquiries/${inquiry}/${name}`;
    await this.#json(path, body, await this.#agent(agent), { 'if-match': `"${version}"` });
  }

  async mails(to: string): Promise<{ subject: string; text: string; links: string[] }[]> {
    const answer = await this.#request.get('/local/mailbox', { params: { to } });
    return (await parsed<{ mails: { subject: string; text: string; links: string[] }[] }>(answer)).mails;
  }

  async #agent(agent: string): Promise<string> {
    const known = this.#agents.get(agent);
    if (known) return known;
    const { token } = await this.#json<{ token: string }>('/local/sign-in', { agent });
    this.#agents.set(agent, token);
    return token;
  }

  async #json<T>(path: string, data: object, token?: string, more: Record<string, string> = {}): Promise<T> {
    const headers = { ...more, ...(token ? { authorization: `Bearer ${token}` } : {}) };
    return parsed<T>(await this.#request.post(path, { data, headers }));
  }
}

async function parsed<T>(answer: APIResponse): Promise<T> {
  if (!answer.ok()) throw new Error(`${answer.url()}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}
