import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';

export type Ledger = { state: string; paid_count: number; problem: string | null };
export type Person = { id: string; nickname: string; token: string };

/** Of the demo's staff, one of each role. */
const DEMO: [string, string][] = [['小米', 'mia'], ['主管', 'sue'], ['店主', 'otto']];

/** A shop of a test's own, with people that no other test knows. */
export class Team {
  readonly shop: string;
  readonly #request: APIRequestContext;
  readonly #people = new Map<string, Person>();
  #members: { id: string; nickname: string; role: string; service: boolean; email: string }[] = [];

  private constructor(request: APIRequestContext, shop: string) {
    this.#request = request;
    this.shop = shop;
  }

  /** One agent of each nickname, and a supervisor and an owner. */
  static async of(request: APIRequestContext, ...nicknames: string[]): Promise<Team> {
    const team = new Team(request, `team-${randomUUID().slice(0, 8)}`);
    const roles: [string, string][] = [...nicknames.map((name): [string, string] => [name, 'agent']), ['主管', 'supervisor'], ['店主', 'owner']];
    const members = roles.map(([nickname, role], at) => {
      const own = `${nickname}${team.shop.slice(5)}`;
      return { id: `${team.shop}-${at}`, nickname: own, role, service: true, email: `${team.shop}-${at}@staff.example` };
    });
    team.#members = members;
    await team.#put();
    for (const [at, { id, nickname }] of members.entries()) {
      const { token } = await team.#post('/local/sign-in', { agent: id });
      team.#people.set(roles[at]?.[0] ?? '', { id, nickname, token: token as string });
    }
    return team;
  }

  /** The shop that the demo storefront shows, whose backend pays. */
  static async demo(request: APIRequestContext): Promise<Team> {
    const team = new Team(request, 'taipei');
    for (const [nickname, id] of DEMO) {
      const { token } = await team.#post('/local/sign-in', { agent: id });
      team.#people.set(nickname, { id, nickname, token: token as string });
    }
    return team;
  }

  person(nickname: string): Person {
    const person = this.#people.get(nickname);
    if (!person) throw new Error(`nobody is called ${nickname}`);
    return person;
  }

  async as(nickname: string, method: 'POST' | 'PUT', path: string, data: object, more: Record<string, string> = {}): Promise<Record<string, unknown>> {
    const headers = { authorization: `Bearer ${this.person(nickname).token}`, ...more };
    const answer = await this.#request.fetch(`/v1/shops/${this.shop}${path}`, { method, data, headers });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return answer.status() === 204 ? {} : ((await answer.json()) as Record<string, unknown>);
  }

  async read(nickname: string, path: string): Promise<Record<string, unknown>> {
    const headers = { authorization: `Bearer ${this.person(nickname).token}` };
    return (await (await this.#request.get(`/v1/shops/${this.shop}${path}`, { headers })).json()) as Record<string, unknown>;
  }

  /** The others do not receive, so that it is known who gets what. */
  async only(...receiving: string[]): Promise<void> {
    for (const [name] of this.#people) {
      const on = receiving.includes(name);
      await this.as(name, 'POST', '/presence', { tab: 'test', receiving: on });
      await this.as(name, 'POST', '/presence', { tab: 'test', leaving: true });
    }
  }

  /** What goes wrong with the next payments of the demo's backend. */
  async faults(...next: string[]): Promise<void> {
    await this.#post('/local/shop-backend/faults', { shop: this.shop, next });
  }

  /** What that backend has written down about a refund. */
  async ledger(refund: string): Promise<Ledger | undefined> {
    const answer = await this.#request.get('/local/shop-backend/ledger', { params: { shop: this.shop } });
    return ((await answer.json()) as { refunds: Record<string, Ledger> }).refunds[refund];
  }

  /** The shop's owner ends somebody's membership. */
  async remove(nickname: string): Promise<void> {
    const { id } = this.person(nickname);
    this.#members = this.#members.filter((member) => member.id !== id);
    await this.#put();
  }

  async #put(): Promise<void> {
    await this.#post('/local/shops', { id: this.shop, name: '小隊商店', members: this.#members });
  }

  async advance(seconds: number): Promise<void> {
    await this.#post('/local/clock', { advance_seconds: seconds });
  }

  async #post(path: string, data: object): Promise<Record<string, unknown>> {
    const answer = await this.#request.post(path, { data });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  }
}
