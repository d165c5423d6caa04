/** In the demo shops nobody receives by themselves: what a test submits stays where the test looks for it. */
export default async function quiet(): Promise<void> {
  const base = `http://127.0.0.1:${process.env['E2E_PORT']}`;
  const post = async (path: string, body: object, token = ''): Promise<Record<string, string>> => {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const answer = await fetch(`${base}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, string>;
  };
  for (const agent of ['mia', 'leo', 'sue', 'otto']) {
    const { token } = await post('/local/sign-in', { agent });
    await post('/v1/shops/taipei/presence', { tab: 'quiet', receiving: false }, token);
    await post('/v1/shops/taipei/presence', { tab: 'quiet', leaving: true }, token);
  }
}
