// Pushes orders and products to Kefu and reads what became of each. Node 20, no dependency; see ../shop-backend.md.
//
//   KEFU_SHOP=taipei KEFU_API_KEY=kefu_… node push-orders.mjs orders.json
//   KEFU_SHOP=taipei KEFU_API_KEY=kefu_… node push-orders.mjs --demo A1001
//
// The file: { "orders": [{ "number", "order" }, …], "products": [{ "id", "product" }, …] }; one list may be missing.
// --demo pushes one order four times: first, repeated, newer, and the first once more, late.
// KEFU_URL is http://127.0.0.1:8787 unless it is set. Ends with 1 if anything was refused.

import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const { KEFU_URL = 'http://127.0.0.1:8787', KEFU_SHOP, KEFU_API_KEY } = process.env;
const MOST = 50;
const MOST_BYTES = 250_000;
const ATTEMPTS = 5;

const ORDERS = { kind: 'order', id: 'number', list: 'orders' };
const PRODUCTS = { kind: 'product', id: 'id', list: 'products' };

/** One request. What did not work for the moment is sent again: pushed twice is the same as pushed once. */
async function send(method, path, body) {
  const headers = { authorization: `Bearer ${KEFU_API_KEY}`, 'content-type': 'application/json', 'accept-language': 'en' };
  for (let attempt = 1; ; attempt += 1) {
    let pause = 2 ** attempt;
    try {
      const signal = AbortSignal.timeout(30_000);
      const answer = await fetch(`${KEFU_URL}/v1/shops/${KEFU_SHOP}/${path}`, { method, headers, body: JSON.stringify(body), signal });
      const passing = answer.status === 429 || answer.status >= 500;
      if (!passing || attempt === ATTEMPTS) return { status: answer.status, said: await json(answer) };
      pause = Number(answer.headers.get('retry-after')) || pause;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
    await wait(pause * 1000);
  }
}

/** A gateway in between may answer with a page. */
async function json(answer) {
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch {
    return { status: answer.status, code: 'no_json', detail: text.slice(0, 200) };
  }
}

/** Pushes one; what became of it as `{ number, result }` or `{ number, problem }` (`id` for a product). */
async function pushOne(what, one) {
  const { status, said } = await send('PUT', `${what.list}/${encodeURIComponent(one[what.id])}`, one[what.kind]);
  return status === 200 ? said : { [what.id]: one[what.id], problem: said };
}

/** Pushes up to 50 in one request; in the order in which they were given. */
async function pushMany(what, some) {
  if (some.length === 1) return [await pushOne(what, some[0])];
  const { status, said } = await send('POST', what.list, { [what.list]: some });
  const results = [];
  if (status === 200) {
    for (const [at, it] of said.results.entries()) {
      // One that a machine failed at is tried again; a refusal stays one.
      results.push(it.problem?.status === 503 ? await pushOne(what, some[at]) : it);
    }
  } else if ([400, 413, 422].includes(status)) {
    // One that cannot be read refuses the whole request, and nothing of it is stored: each goes alone.
    for (const one of some) results.push(await pushOne(what, one));
  } else {
    throw new Error(`${status} ${said.code}: ${said.detail}`);
  }
  return results;
}

/** Parts of at most 50 and of what a request may hold. */
function* parts(all) {
  let part = [];
  let bytes = 0;
  for (const one of all) {
    const size = Buffer.byteLength(JSON.stringify(one)) + 1;
    if (part.length === MOST || (part.length > 0 && bytes + size > MOST_BYTES)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(one);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

/** Pushes all and says what became of each, a line each. */
async function push(what, all = []) {
  for (const part of parts(all)) {
    for (const it of await pushMany(what, part)) {
      if (!it.problem) {
        console.log(what.kind, it[what.id], it.result);
        continue;
      }
      process.exitCode = 1;
      const fields = (it.problem.fields ?? []).map(({ field, code }) => `${field} ${code}`);
      console.log(what.kind, it[what.id], 'refused', it.problem.status, it.problem.code, ...fields);
    }
  }
}

/** The version is when the order last changed, in milliseconds: whatever arrives last, the newest holds. */
async function demo(number) {
  const changed = Date.now() - 60_000;
  const at = new Date(changed).toISOString();
  const placed = {
    version: changed,
    customer: { id: 'm-1001', name: '王小明', email: 'xiaoming@example.com' },
    items: [{ product: 'tea-pot', title: '綠釉手作茶壺', quantity: 1, unit_price: 128_000, returnable: true }],
    currency: 'TWD',
    total: 134_000,
    shipping: 6_000,
    paid: 134_000,
    payment_method: 'credit_card',
    created_at: at,
    paid_at: at,
    days_to_ship: 3,
  };
  const left = new Date();
  const shipped = { ...placed, version: left.getTime(), shipped_at: left.toISOString(), tracking: { carrier: '黑貓', number: '9012' } };
  for (const order of [placed, placed, shipped, placed]) await push(ORDERS, [{ number, order }]);
}

const [first, number] = process.argv.slice(2);
if (!first || (first === '--demo' && !number) || !KEFU_SHOP || !KEFU_API_KEY) {
  console.error('KEFU_SHOP=… KEFU_API_KEY=kefu_… node push-orders.mjs FILE | --demo NUMBER');
  process.exitCode = 2;
} else if (first === '--demo') {
  await demo(number);
} else {
  const { orders, products } = JSON.parse(readFileSync(first, 'utf8'));
  await push(PRODUCTS, products);
  await push(ORDERS, orders);
}
