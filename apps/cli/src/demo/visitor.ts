/** Somebody at the interface with nothing but HTTP, as any user's own script would be. */
export class Visitor {
  private cookie = '';

  constructor(private readonly url: string) {}

  async signIn(email: string, password: string): Promise<void> {
    const answer = await this.send('POST', '/api/v1/sessions', { email, password });
    this.cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    if (answer.status !== 201) throw new Error(`${email} could not sign in (${answer.status})`);
  }

  async get<T>(path: string): Promise<T> {
    return read<T>(await this.send('GET', path));
  }

  async post<T>(path: string, body: object, key: string): Promise<T> {
    return read<T>(await this.send('POST', path, body, { 'idempotency-key': key }));
  }

  private async send(method: string, path: string, body?: object, more: Record<string, string> = {}) {
    return fetch(`${this.url}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...more,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }
}

async function read<T>(answer: Response): Promise<T> {
  if (answer.ok) return (await answer.json()) as T;
  throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`);
}

/** Opens a page without any account. */
export const openPage = async (link: string): Promise<{ status: number; text: string }> => {
  const answer = await fetch(link, { headers: { 'accept-language': 'en' } });
  return { status: answer.status, text: await answer.text() };
};

/** Sends a page's form, as a browser does. */
export const submitForm = async (
  link: string,
  fields: Record<string, string>,
): Promise<{ status: number; text: string }> => {
  const answer = await fetch(link, {
    method: 'POST',
    headers: { 'accept-language': 'en' },
    body: new URLSearchParams(fields),
  });
  return { status: answer.status, text: await answer.text() };
};
