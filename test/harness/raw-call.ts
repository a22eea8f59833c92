import { connect } from 'node:net';
import type { Response } from 'supertest';

/** Sends bytes that no client would send, and answers what comes back until the other side closes. */
export async function rawCall(
  port: number,
  ...parts: (string | Buffer)[]
): Promise<Pick<Response, 'status' | 'headers' | 'text'>> {
  const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const answer = await new Promise<string>((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(5_000, () => socket.destroy(new Error('no answer within 5 s')));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
  const [head = '', ...text] = answer.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  return { status: Number(first.split(' ')[1]), headers, text: text.join('\r\n\r\n') };
}
