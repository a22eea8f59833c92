import supertest, { type Response } from 'supertest';
import type { DeliveryView, RequestView } from '#libs/requests';

export type Answer<Body> = Omit<Response, 'body'> & { body: Body };

/** Five fields that make a request, between fictional States. */
export const fiveFields = {
  from: 'XA',
  to: ['XB'],
  urgency: 'U1',
  tlp: 'TLP:AMBER',
  sentence: { text: 'We ask for help to stop ransomware spreading between two hospitals.', language: 'en' },
};

let calls = 0;

const cookieIn = (answer: Response): string | undefined =>
  answer
    .get('Set-Cookie')
    ?.find((line) => line.startsWith('__Host-aldis='))
    ?.split(';')[0];

/** A person at the interface: signs in, files, reads, acts, in the words of the domain. */
export class Officer {
  private constructor(
    private readonly url: string,
    private cookie: string,
  ) {}

  static async signIn(url: string, email: string, password: string): Promise<Officer> {
    const answer = await supertest(url).post('/api/v1/sessions').send({ email, password });
    const [cookie] = answer.get('Set-Cookie') ?? [];
    if (answer.status !== 201 || !cookie) throw new Error(`${email} could not sign in: ${answer.status}`);
    return new Officer(url, cookie.split(';')[0] ?? '');
  }

  /** Somebody who has not finished signing in, or has done so in another way than by a password alone. */
  static bearing(url: string, answer: Response): Officer {
    return new Officer(url, cookieIn(answer) ?? '');
  }

  /** Takes the new cookie of an answer that has one: a token changes when a session does. */
  renewedBy<A extends Response>(answer: A): A {
    this.cookie = cookieIn(answer) ?? this.cookie;
    return answer;
  }

  /** The same person with one more cookie. */
  bearingToo(cookie: string): Officer {
    return new Officer(this.url, `${this.cookie}; ${cookie}`);
  }

  get(path: string) {
    return supertest(this.url).get(`/api/v1${path}`).set('Cookie', this.cookie);
  }

  /** Each call bears a key of its own unless one is given. */
  post(path: string, body?: object, key = `call-${++calls}`) {
    return supertest(this.url)
      .post(`/api/v1${path}`)
      .set('Cookie', this.cookie)
      .set('Idempotency-Key', key)
      .send(body);
  }

  put(path: string, body: object) {
    return supertest(this.url).put(`/api/v1${path}`).set('Cookie', this.cookie).send(body);
  }

  patch(path: string, body: object) {
    return supertest(this.url).patch(`/api/v1${path}`).set('Cookie', this.cookie).send(body);
  }

  delete(path: string) {
    return supertest(this.url).delete(`/api/v1${path}`).set('Cookie', this.cookie);
  }

  /** Files a request with the five fields, or with some of them changed. */
  async files(changes: object = {}): Promise<RequestView> {
    const answer = await this.post('/requests', { ...fiveFields, ...changes });
    if (answer.status !== 201)
      throw new Error(`filing answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as RequestView;
  }

  async sees(id: string): Promise<RequestView> {
    const answer = await this.get(`/requests/${id}`);
    if (answer.status !== 200)
      throw new Error(`reading answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as RequestView;
  }

  async acts(id: string, act: object): Promise<Answer<RequestView>> {
    return await this.post(`/requests/${id}/acts`, act);
  }

  async deliveries(id: string): Promise<DeliveryView[]> {
    return ((await this.get(`/requests/${id}/deliveries`)).body as { items: DeliveryView[] }).items;
  }
}
