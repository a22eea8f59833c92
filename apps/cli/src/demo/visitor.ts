/** Somebody at the interface with nothing but HTTP, as any user's own script would be. */
export class Visitor {
  private cookie = '';
  private calls = 0;

  constructor(
    private readonly url: string,
    private readonly email: string,
    private readonly password: string,
  ) {}

  async get<T>(path: string): Promise<T> {
    return (await (await this.call('GET', path)).json()) as T;
  }

  /** Does it once: a call that is repeated after signing in again bears the same key. */
  async post<T>(path: string, body: object): Promise<T> {
    const key = `${this.email}-${++this.calls}`;
    return (await (await this.call('POST', path, body, { 'idempotency-key': key })).json()) as T;
  }

  /** The bytes at an address, and what they are said to be. */
  async download(path: string): Promise<{ type: string; bytes: Buffer }> {
    const answer = await this.call('GET', path, undefined, { accept: '*/*' });
    return {
      type: answer.headers.get('content-type') ?? '',
      bytes: Buffer.from(await answer.arrayBuffer()),
    };
  }

  /** Signs in where there is no session, or where it has ended meanwhile. Raises with the answer to what fails. */
  private async call(method: string, path: string, body?: object, more?: Record<string, string>) {
    if (this.cookie === '') await this.signIn();
    let answer = await this.send(method, path, body, more);
    if (answer.status === 401) {
      await this.signIn();
      answer = await this.send(method, path, body, more);
    }
    if (answer.ok) return answer;
    throw new Error(
      `${method} ${path} as ${this.email} was answered with ${answer.status}: ${await answer.text()}`,
    );
  }

  private async signIn(): Promise<void> {
    this.cookie = '';
    const { email, password } = this;
    const answer = await this.send('POST', '/api/v1/sessions', { email, password });
    this.cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    if (answer.status !== 201 || this.cookie === '')
      throw new Error(`${email} could not sign in (${answer.status})`);
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
