import { samplePassword } from '#libs/directory';
import { directoryCalls } from './directory-calls.js';
import { networkCalls } from './network-calls.js';
import { fiveFields } from './officer.js';
import { administrator, nobody, read, secretariat, type RouteCall } from './route-call.js';

const toNobody = { ...fiveFields, from: undefined, to: ['ZZ'] };

/** An assertion of a passkey that nobody has, in the form that browsers give. */
export const noAssertion = {
  ...{ id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {} },
  response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
};

/**
 * How each route is called when its audience is tried: so that whoever it is for gets past the door, and nothing
 * changes. A route that is missing here fails the test.
 */
export const routeCalls: Readonly<Record<string, RouteCall>> = {
  ...directoryCalls,
  ...networkCalls,
  'GET /': read,
  'GET /ack/:token': { at: ({ token }) => `/ack/${token}`, status: 200 },
  'POST /ack/:token': {
    at: ({ token }) => `/ack/${token}`,
    form: { name: 'A. Duty', code: '' },
    status: 422,
  },
  'GET /invite/:token': { at: ({ invitation }) => `/invite/${invitation}`, status: 200 },
  'POST /invite/:token': {
    at: ({ invitation }) => `/invite/${invitation}`,
    form: { name: 'N. Officer', password: 'short', terms: 'accepted' },
    status: 422,
  },
  'GET /sign-in': read,
  'GET /account': read,
  'GET /verify': read,
  'GET /verify/aldis-verify.html': read,
  'GET /scripts/:name': { at: () => '/scripts/sign-in.js', status: 200 },
  'GET /api/v1/accounts': { status: 200, only: [administrator, secretariat, 'auditor@network.example'] },
  'DELETE /api/v1/accounts/:id': {
    at: () => `/api/v1/accounts/${nobody}`,
    status: 404,
    only: [administrator, secretariat],
  },
  'GET /api/v1/invitations': { status: 200, only: [administrator, secretariat, 'auditor@network.example'] },
  'POST /api/v1/invitations': {
    body: { email: 'new@xb.example', role: 'observer', body: nobody },
    status: 400,
    only: [administrator],
  },
  'POST /api/v1/invitations/:id/resend': {
    at: () => `/api/v1/invitations/${nobody}/resend`,
    status: 404,
    only: [administrator, secretariat],
  },
  'DELETE /api/v1/invitations/:id': {
    at: () => `/api/v1/invitations/${nobody}`,
    status: 404,
    only: [administrator, secretariat],
  },
  'GET /api/v1/announcements': read,
  'POST /api/v1/announcements': {
    body: {
      ...{ title: 'T', text: [fiveFields.sentence], audience: 'everyone', byMail: true },
      corrects: nobody,
    },
    status: 400,
    only: [secretariat],
  },
  'GET /api/v1/announcements/:id': { at: () => `/api/v1/announcements/${nobody}`, status: 404 },
  'POST /api/v1/announcements/:id/read': { at: () => `/api/v1/announcements/${nobody}/read`, status: 404 },
  'POST /api/v1/announcements/:id/withdrawal': {
    at: () => `/api/v1/announcements/${nobody}/withdrawal`,
    body: { reason: fiveFields.sentence },
    status: 404,
    only: [secretariat],
  },
  'GET /api/v1/deliveries': { status: 200, only: [secretariat, 'auditor@network.example'] },
  'GET /api/v1/deliveries/summary': { status: 200, only: [secretariat, 'auditor@network.example'] },
  'GET /api/v1/ledger/checkpoint-subscription': { status: 404, only: [administrator] },
  'PUT /api/v1/ledger/checkpoint-subscription': {
    body: { email: 'records@xb.test' },
    status: 400,
    only: [administrator],
  },
  'DELETE /api/v1/ledger/checkpoint-subscription': { status: 204, only: [administrator] },
  'GET /api/v1/emergency-access': read,
  // Whoever is signed in whole is let in already, and nobody has asked.
  'POST /api/v1/emergency-access': { body: { reason: { text: 'Lost.', language: 'en' } }, status: 409 },
  'POST /api/v1/emergency-access/:id/approvals': {
    at: () => `/api/v1/emergency-access/${nobody}/approvals`,
    body: { code: '000000' },
    status: 404,
  },
  'POST /api/v1/emergency-access/:id/session': {
    at: () => `/api/v1/emergency-access/${nobody}/session`,
    status: 404,
  },
  'DELETE /api/v1/emergency-access/:id': { at: () => `/api/v1/emergency-access/${nobody}`, status: 404 },
  'GET /organization-sign-in': { at: () => '/organization-sign-in?code=a&state=b', status: 200 },
  'POST /organization-sign-in': { form: { code: 'a' }, status: 400 },
  'GET /organization-sign-in/:provider': { at: () => `/organization-sign-in/${nobody}`, status: 404 },
  'POST /organization-sign-in/:provider': {
    at: () => `/organization-sign-in/${nobody}`,
    form: {},
    status: 404,
  },
  'GET /api/v1/identity-providers': read,
  'POST /api/v1/identity-providers': {
    body: {
      ...{ name: 'Ministry', issuer: 'https://169.254.169.254', clientId: 'aldis', clientSecret: 'secret' },
    },
    status: 400,
    only: [administrator],
  },
  'POST /api/v1/identity-providers/:id/client-secret': {
    at: () => `/api/v1/identity-providers/${nobody}/client-secret`,
    body: { clientSecret: 'secret' },
    status: 404,
    only: [administrator],
  },
  'DELETE /api/v1/identity-providers/:id': {
    at: () => `/api/v1/identity-providers/${nobody}`,
    status: 404,
    only: [administrator],
  },
  'POST /api/v1/organization-sign-ins': { body: { provider: nobody }, status: 404 },
  'POST /api/v1/organization-sign-ins/finish': { body: { code: 'a' }, status: 400 },
  'GET /api/v1/organization-identities': read,
  'DELETE /api/v1/organization-identities/:id': {
    at: () => `/api/v1/organization-identities/${nobody}`,
    status: 404,
  },
  'GET /.well-known/security.txt': read,
  'GET /api/v1/health': read,
  'GET /api/v1/ready': read,
  'GET /api/v1/openapi.json': read,
  'GET /api/docs': read,
  'GET /api/docs/': read,
  'GET /api/docs/*': { at: () => '/api/docs/swagger-ui.css', status: 200 },
  'GET /api/docs/docs/*': { at: () => '/api/docs/docs/swagger-ui.css', status: 200 },
  'GET /api/docs/LICENSE': { status: 404 },
  'GET /api/docs/index.html': read,
  'GET /api/docs/swagger-ui-init.js': read,
  'GET /api/docs/docs/swagger-ui-init.js': read,
  'POST /api/v1/sessions': { body: { email: 'duty@xb.example', password: samplePassword }, status: 201 },
  'DELETE /api/v1/sessions/current': { status: 204 },
  'GET /api/v1/sessions': read,
  'DELETE /api/v1/sessions': { status: 204 },
  'DELETE /api/v1/sessions/:id': { at: () => `/api/v1/sessions/${nobody}`, status: 404 },
  'POST /api/v1/sessions/passkey': { body: { response: noAssertion }, status: 401 },
  'POST /api/v1/sessions/current/second-factor': { body: {}, status: 400 },
  'GET /api/v1/tokens': read,
  'POST /api/v1/tokens': { body: { name: 'N', scope: ['none'] }, status: 400 },
  'POST /api/v1/tokens/:id/rotate': { at: () => `/api/v1/tokens/${nobody}/rotate`, body: {}, status: 404 },
  'DELETE /api/v1/tokens/:id': { at: () => `/api/v1/tokens/${nobody}`, status: 404 },
  'GET /api/v1/second-factors': read,
  'POST /api/v1/totp': { body: {}, status: 201 },
  'POST /api/v1/totp/confirm': { body: { code: 'none' }, status: 400 },
  'DELETE /api/v1/totp': { status: 204 },
  'POST /api/v1/passkeys/options': { status: 201 },
  'POST /api/v1/passkeys': { body: {}, status: 400 },
  'DELETE /api/v1/passkeys/:id': { at: () => `/api/v1/passkeys/${nobody}`, status: 404 },
  'POST /api/v1/passkeys/challenge': { status: 201 },
  'POST /api/v1/recovery-codes': { status: 409 },
  'GET /api/v1/me': read,
  'GET /api/v1/templates': read,
  'GET /api/v1/templates/:key': { at: () => '/api/v1/templates/assistance-request', status: 200 },
  'GET /api/v1/templates/:key/versions/:version': {
    at: () => '/api/v1/templates/response/versions/1',
    status: 200,
  },
  'GET /api/v1/ledger/checkpoints': read,
  'GET /api/v1/ledger/checkpoints/latest': read,
  'GET /api/v1/ledger/key': read,
  'POST /api/v1/requests': { body: toNobody, status: 400, officersOnly: true },
  'GET /api/v1/requests': read,
  'GET /api/v1/requests/:id': { at: ({ request }) => `/api/v1/requests/${request}`, status: 200 },
  'POST /api/v1/requests/:id/acts': {
    at: ({ request }) => `/api/v1/requests/${request}/acts`,
    body: { act: 'send', version: 99 },
    status: 409,
    officersOnly: true,
  },
  'GET /api/v1/retention-policy': read,
  'PUT /api/v1/retention-policy': { body: { days: 1 }, status: 400 },
  'POST /api/v1/requests/:id/hold': {
    at: ({ request }) => `/api/v1/requests/${request}/hold`,
    body: { text: { text: 'An order.', language: 'en' }, until: '2020-01-01T00:00:00Z' },
    status: 400,
    officersOnly: true,
  },
  'POST /api/v1/requests/:id/hold/release': {
    at: ({ request }) => `/api/v1/requests/${request}/hold/release`,
    body: { text: { text: 'It is over.', language: 'en' } },
    status: 409,
    officersOnly: true,
  },
  'GET /api/v1/requests/:id/document.html': {
    at: ({ request }) => `/api/v1/requests/${request}/document.html`,
    status: 200,
  },
  'GET /api/v1/requests/:id/document.txt': {
    at: ({ request }) => `/api/v1/requests/${request}/document.txt`,
    status: 200,
  },
  'GET /api/v1/requests/:id/document.pdf': {
    at: ({ request }) => `/api/v1/requests/${request}/document.pdf`,
    status: 200,
  },
  'GET /api/v1/requests/:id/receipts': {
    at: ({ request }) => `/api/v1/requests/${request}/receipts`,
    status: 200,
  },
  // No event has the id of a request: what is asked for is there for nobody.
  'GET /api/v1/receipts/:id': { at: ({ request }) => `/api/v1/receipts/${request}`, status: 404 },
  'GET /api/v1/receipts/:id/page.html': {
    at: ({ request }) => `/api/v1/receipts/${request}/page.html`,
    status: 404,
  },
  'GET /api/v1/receipts/:id/page.pdf': {
    at: ({ request }) => `/api/v1/receipts/${request}/page.pdf`,
    status: 404,
  },
  'GET /api/v1/requests/:id/sharing': {
    at: ({ request }) => `/api/v1/requests/${request}/sharing`,
    status: 200,
  },
  'GET /api/v1/requests/:id/sharing/candidates': {
    at: ({ request }) => `/api/v1/requests/${request}/sharing/candidates`,
    status: 200,
    officersOnly: true,
  },
  'POST /api/v1/requests/:id/sharing': {
    at: ({ request }) => `/api/v1/requests/${request}/sharing`,
    body: { account: nobody, reason: { text: 'To advise.', language: 'en' } },
    status: 400,
    officersOnly: true,
  },
  'DELETE /api/v1/requests/:id/sharing/:entry': {
    at: ({ request }) => `/api/v1/requests/${request}/sharing/${nobody}`,
    status: 404,
    officersOnly: true,
  },
  'POST /api/v1/approvals': { body: { request: nobody, act: 'send' }, status: 404 },
  'GET /api/v1/approvals': read,
  'GET /api/v1/approvals/:id': { at: ({ request }) => `/api/v1/approvals/${request}`, status: 404 },
  'GET /api/v1/approvals/:id/document.html': {
    at: ({ request }) => `/api/v1/approvals/${request}/document.html`,
    status: 404,
  },
  'GET /api/v1/approvals/:id/document.txt': {
    at: ({ request }) => `/api/v1/approvals/${request}/document.txt`,
    status: 404,
  },
  'POST /api/v1/approvals/:id/decision': {
    at: ({ request }) => `/api/v1/approvals/${request}/decision`,
    body: { decision: 'approve', digest: '0'.repeat(64) },
    status: 404,
  },
  'POST /api/v1/approvals/:id/carry-out': {
    at: ({ request }) => `/api/v1/approvals/${request}/carry-out`,
    status: 404,
  },
  'DELETE /api/v1/approvals/:id': { at: ({ request }) => `/api/v1/approvals/${request}`, status: 404 },
  'GET /api/v1/clearance-rules': read,
  'POST /api/v1/clearance-rules': {
    body: { acts: [], version: 99 },
    status: 409,
    only: [administrator, secretariat],
  },
  'POST /api/v1/clearance-rules/:id/agreement': {
    at: () => `/api/v1/clearance-rules/${nobody}/agreement`,
    status: 404,
    only: [administrator, secretariat],
  },
  'GET /api/v1/requests/:id/clocks': {
    at: ({ request }) => `/api/v1/requests/${request}/clocks`,
    status: 200,
  },
  'GET /api/v1/requests/:id/deliveries': {
    at: ({ request }) => `/api/v1/requests/${request}/deliveries`,
    status: 200,
  },
};
