/** What a call is about. */
export interface Subject {
  request: string;
  token: string;
  /** The token of an invitation. */
  invitation: string;
  /** The token of an ask to confirm an entry. */
  confirmation: string;
}

export interface RouteCall {
  /** The address to call; the route's own where it has no parameters. */
  at?: (subject: Subject) => string;
  body?: object;
  form?: Record<string, string>;
  /** What those are answered whom the route is for. */
  status: number;
  /** What it would do is an officer's right; others of the same body are refused by name (403). */
  officersOnly?: true;
  /** It is the right of these accounts alone; others are refused by name (403). */
  only?: readonly string[];
}

export const read: RouteCall = { status: 200 };
export const administrator = 'administrator@xb.example';
export const secretariat = 'secretariat@network.example';
export const nobody = '01936f3e-8c1a-4b2d-9e4f-0123456789ab';
