// Pays refunds that Kefu asks for, from a make-believe bank. Node 20, no dependency; see ../shop-backend.md.
//
//   KEFU_WEBHOOK_SECRETS=<id>:<secret>[,<id>:<secret>] node refund-webhook.mjs     with the first it signs
//   node refund-webhook.mjs --check                                                checks the signature against a known one
//
// Settings, from the environment:
//   PORT         4000; 0 takes a free one. The webhook is http://127.0.0.1:<PORT>/refunds
//   KEFU_URL     http://127.0.0.1:8787: where results that come late are told
//   LEDGER       refunds.json: what was asked and done, kept across restarts
//   BANK         pays, pays-later, refuses, or sends-back (pays, and the money comes back a second later)
//   CLOCK_AHEAD  0: so many seconds a local host's clock was moved ahead of this machine's

import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const { PORT = '4000', KEFU_URL = 'http://127.0.0.1:8787', LEDGER = 'refunds.json', BANK = 'pays' } = process.env;
const { KEFU_WEBHOOK_SECRETS = '', CLOCK_AHEAD = '0' } = process.env;
const TOLERANCE_SECONDS = 300;
const MOST_BYTES = 64 * 1024;

const seconds = () => Math.floor(Date.now() / 1000) + Number(CLOCK_AHEAD);

// --- Signatures -----------------------------------------------------------------------------------------------------

/** The bytes of a signature: HMAC-SHA256 of the time, a dot and the body, byte for byte as it travels. */
function signature(secret, at, body) {
  return createHmac('sha256', secret).update(`${at}.`).update(body).digest();
}

/** Whether one of the secrets signed this body within the last five minutes. Several are known while one replaces another. */
function verified(secrets, headers, body, now) {
  const secret = secrets.get(headers['kefu-key-id']);
  const at = headers['kefu-timestamp'] ?? '';
  const hex = /^v1=([0-9a-f]{64})$/.exec(headers['kefu-signature'] ?? '')?.[1];
  if (!secret || !hex || !/^[0-9]{1,15}$/.test(at)) return false;
  const good = timingSafeEqual(signature(secret, at, body), Buffer.from(hex, 'hex'));
  return good && Math.abs(now - Number(at)) <= TOLERANCE_SECONDS;
}

/** `id:secret,id:secret`, the secrets as Kefu shows them. */
function readSecrets(text) {
  const pairs = text.split(',').filter(Boolean).map((pair) => pair.trim().split(':'));
  return new Map(pairs.map(([id, secret = '']) => [id, Buffer.from(secret, 'base64url')]));
}

// --- The ledger: one entry for each shop and refund, on disk before anybody is told -----------------------------------

function readLedger() {
  return new Map(existsSync(LEDGER) ? Object.entries(JSON.parse(readFileSync(LEDGER, 'utf8'))) : []);
}

/** Notes a change of an entry. It is safe from a crash when this returns. */
function note(ledger, key, changes) {
  const entry = { ...ledger.get(key), ...changes };
  ledger.set(key, entry);
  const file = openSync(`${LEDGER}.new`, 'w');
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(ledger), null, 2)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${LEDGER}.new`, LEDGER);
  return entry;
}

const said = ({ status, attempt, reference, problem }) => ({ status, attempt, reference, problem });

// --- Paying ---------------------------------------------------------------------------------------------------------

/** What is asked for was not paid before: nobody asked, or the attempt before this one failed. */
const unpaid = (known, attempt) => !known || (known.status === 'failed' && known.attempt < attempt);

/** Answers a request that is signed well. One request at a time: nothing is awaited between looking and noting. */
function react(ledger, asked, later) {
  const { type, shop, order, refund, attempt, amount } = asked;
  const key = `${shop}/${refund}`;
  const known = ledger.get(key);
  if (type === 'status') return [200, unpaid(known, attempt) ? { status: 'not_found', attempt } : said(known)];
  if (type !== 'refund') return [400, { error: 'neither a refund nor a question' }];
  const same = !known || (known.order === order && known.minor === amount.minor && known.currency === amount.currency);
  if (!same) return [409, { error: 'this key was used for something else' }];
  if (!unpaid(known, attempt)) return [200, said(known)];
  // First the note, then the money. A bank gets `key` as its own idempotency key.
  note(ledger, key, { order, ...amount, attempt, status: 'accepted', reference: undefined, problem: undefined, paid: known?.paid ?? 0 });
  if (BANK === 'pays-later') later(key, settle);
  else settle(ledger, key);
  if (BANK === 'sends-back') later(key, sendBack);
  return [200, said(ledger.get(key))];
}

/** The bank has decided. */
function settle(ledger, key) {
  const { paid, status } = ledger.get(key);
  if (status !== 'accepted') return;
  if (BANK === 'refuses') note(ledger, key, { status: 'failed', problem: 'the account was closed' });
  else note(ledger, key, { status: 'succeeded', reference: `bank-${paid + 1}`, paid: paid + 1 });
}

/** The bank sent the money back. */
function sendBack(ledger, key) {
  note(ledger, key, { status: 'failed', problem: 'the bank sent the money back', paid: ledger.get(key).paid - 1 });
}

// --- Telling Kefu what came late --------------------------------------------------------------------------------------

async function tell(secrets, key, entry) {
  const [shop, refund] = key.split('/');
  const body = JSON.stringify({ refund, ...said(entry) });
  const [[id, secret]] = secrets;
  const event = randomUUID();
  for (let pause = 1; pause <= 64; pause *= 2) {
    const at = String(seconds());
    const headers = {
      'content-type': 'application/json',
      'kefu-timestamp': at,
      'kefu-key-id': id,
      'kefu-signature': `v1=${signature(secret, at, body).toString('hex')}`,
      'kefu-event': event,
    };
    try {
      const signal = AbortSignal.timeout(10_000);
      const answer = await fetch(`${KEFU_URL}/v1/shops/${shop}/refund-results`, { method: 'POST', headers, body, signal });
      const { code, state } = await answer.json();
      console.log('told', key, entry.status, answer.status, code ?? state);
      // 409: it was heard before, or Kefu never asked. 401: Kefu does not know the secret, or the clocks differ.
      if (answer.status < 500 && answer.status !== 429) return;
    } catch (error) {
      console.log('told', key, entry.status, 'nobody:', error.message);
    }
    await wait(pause * 1000);
  }
  // Not heard: Kefu asks by itself.
}

// --- The server -------------------------------------------------------------------------------------------------------

async function read(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function answer(request, secrets, ledger, later) {
  if (request.method !== 'POST' || request.url !== '/refunds') return [404, { error: 'nothing here' }];
  const body = await read(request);
  if (!body) return [413, { error: 'too long' }];
  if (!verified(secrets, request.headers, body, seconds())) return [401, { error: 'not signed as it should be' }];
  const asked = JSON.parse(body.toString('utf8'));
  if (request.headers['idempotency-key'] !== asked.refund) return [400, { error: 'another key than the body' }];
  const [status, words] = react(ledger, asked, later);
  console.log(asked.type, asked.refund, `attempt ${asked.attempt}:`, status, words.status ?? words.error);
  return [status, words];
}

function serve() {
  const secrets = readSecrets(KEFU_WEBHOOK_SECRETS);
  if (secrets.size === 0) {
    console.error('KEFU_WEBHOOK_SECRETS=<id>:<secret>[,<id>:<secret>] node refund-webhook.mjs | --check');
    process.exitCode = 2;
    return;
  }
  const ledger = readLedger();
  const later = (key, happens) => {
    setTimeout(() => {
      happens(ledger, key);
      void tell(secrets, key, ledger.get(key));
    }, 1000);
  };
  // What was accepted and not decided when the program ended.
  for (const [key, { status }] of ledger) if (status === 'accepted') later(key, settle);
  const server = createServer((request, response) => {
    const write = ([status, words]) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(words));
    };
    // Whatever breaks here says nothing: Kefu asks again.
    answer(request, secrets, ledger, later).then(write, (error) => {
      console.error(error);
      write([500, { error: 'broken' }]);
    });
  });
  server.listen(Number(PORT), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/refunds`));
}

/** The example of the guide. */
function check() {
  const secret = Buffer.from('a secret of 32 bytes, as is usual');
  const body = '{"type":"status","shop":"taipei","order":"A1001","refund":"A1001-R1","attempt":2}';
  const at = '1735689600';
  const good = 'v1=3a58a7bb000bf0afae60f77511b50323d76d16b73a9bb8b39d3fe7f94778d101';
  const headers = { 'kefu-key-id': 'k1', 'kefu-timestamp': at, 'kefu-signature': good };
  const judged = (changed, now = 1_735_689_600, said = body) => verified(new Map([['k1', secret]]), { ...headers, ...changed }, said, now);
  const right = [judged({}), judged({}, 1_735_689_900), `v1=${signature(secret, at, body).toString('hex')}` === good];
  const wrong = [
    judged({}, 1_735_689_901),
    judged({}, 1_735_689_299),
    judged({}, undefined, `${body} `),
    judged({ 'kefu-key-id': 'k2' }),
    judged({ 'kefu-timestamp': '1735689601' }),
    judged({ 'kefu-timestamp': '+1735689600' }),
    judged({ 'kefu-signature': good.slice(0, -1) }),
    judged({ 'kefu-signature': undefined }),
  ];
  if (!right.every(Boolean) || wrong.some(Boolean)) throw new Error(`wrong: ${right} ${wrong}`);
  console.log('signatures are checked as they should be');
}

if (process.argv[2] === '--check') check();
else serve();
