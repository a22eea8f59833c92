import { Agent, request } from 'node:http';

/** One POST to a server on this machine. */
export interface Call {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Sends one call over a kept connection; answers its status. Raises when it is not 201. */
export const post = async (
  agent: Agent,
  { url, headers, body }: Call,
): Promise<{ text: string; cookie: string }> =>
  new Promise((resolve, reject) => {
    const length = String(Buffer.byteLength(body));
    const sent = { 'content-type': 'application/json', 'content-length': length, ...headers };
    const call = request(url, { agent, method: 'POST', headers: sent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (answer.statusCode !== 201)
          return reject(new Error(`${url} answered ${answer.statusCode}: ${text}`));
        resolve({ text, cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '' });
      });
    });
    call.on('error', reject);
    call.end(body);
  });

/** Calls per second when so many clients share the calls, each sending its next when the last was answered. */
export async function volley(clients: number, calls: number, next: () => Call): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  let left = calls;
  const client = async () => {
    while (left-- > 0) await post(agent, next());
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return calls / seconds;
}
