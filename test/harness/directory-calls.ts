import { administrator, nobody, read, secretariat, type RouteCall } from './route-call.js';

const keepersOfDuty = [
  ...[administrator, 'officer@xa.example', 'diplomat@xa.example', 'officer@xb.example', 'duty@xb.example'],
  ...['policy@xb.example', 'officer@xc.example'],
];
const inBulk = [administrator, secretariat];
const callers = [...keepersOfDuty.slice(1), secretariat];
/** Whoever attends to requests, and keeps entries, may say that an entry is wrong. */
const reporters = keepersOfDuty;
const ofParties = [...keepersOfDuty, 'observer@xc.example'];
/** A point of contact of a body that there is not. */
const contact = { body: nobody, roleNames: { en: 'Desk' }, languages: ['en'], zone: 'Etc/UTC' };

const keepersOfPlans = [
  ...[administrator, 'officer@xa.example', 'diplomat@xa.example', 'officer@xb.example', 'policy@xb.example'],
  ...['officer@xc.example', secretariat],
];
const declarers = [
  ...['officer@xa.example', 'diplomat@xa.example', 'officer@xb.example', 'policy@xb.example'],
  ...['duty@xb.example', 'officer@xc.example', secretariat],
];

/** How the routes of the directory are called when their audience is tried. */
export const directoryCalls: Readonly<Record<string, RouteCall>> = {
  'GET /api/v1/parties': read,
  'GET /api/v1/parties/:code': { at: () => '/api/v1/parties/XB', status: 200 },
  'GET /api/v1/points-of-contact': { at: () => '/api/v1/points-of-contact?party=XB', status: 200 },
  'GET /api/v1/directory-words': read,
  'GET /api/v1/search': { at: () => '/api/v1/search?q=xb', status: 200 },
  'GET /api/v1/origins': { at: () => '/api/v1/origins?asn=64500', status: 200 },
  'GET /api/v1/duty': { at: () => '/api/v1/duty?party=XB', status: 200 },
  'GET /api/v1/points-of-contact/:id/duty': {
    at: () => `/api/v1/points-of-contact/${nobody}/duty`,
    status: 404,
  },
  'PUT /api/v1/points-of-contact/:id/duty': {
    at: () => `/api/v1/points-of-contact/${nobody}/duty`,
    body: { version: 1 },
    status: 404,
    only: keepersOfDuty,
  },
  'POST /api/v1/points-of-contact/:id/absences': {
    at: () => `/api/v1/points-of-contact/${nobody}/absences`,
    body: { from: '2026-07-01T00:00:00Z', until: '2026-07-02T00:00:00Z' },
    status: 404,
    only: keepersOfDuty,
  },
  'DELETE /api/v1/points-of-contact/:id/absences/:absence': {
    at: () => `/api/v1/points-of-contact/${nobody}/absences/${nobody}`,
    status: 404,
    only: keepersOfDuty,
  },
  'POST /api/v1/points-of-contact/:id/shifts': {
    at: () => `/api/v1/points-of-contact/${nobody}/shifts`,
    body: { name: 'N. Duty' },
    status: 404,
    only: keepersOfDuty,
  },
  'POST /api/v1/parties': {
    body: { code: 'FR', kind: 'observer-state', alpha3: 'FRA', names: { en: 'France' } },
    status: 400,
    only: [secretariat],
  },
  'PATCH /api/v1/parties/:code': {
    at: () => '/api/v1/parties/QQQ',
    body: { version: 1, regionalGroup: null },
    status: 404,
    only: [secretariat],
  },
  'GET /api/v1/procedure': { status: 200, only: ofParties },
  'PUT /api/v1/procedure': {
    body: { body: nobody, version: 0, steps: [] },
    status: 404,
    only: [administrator],
  },
  'GET /api/v1/entry-changes': { status: 200, only: [administrator] },
  'GET /api/v1/entry-changes/:id': {
    at: () => `/api/v1/entry-changes/${nobody}`,
    status: 404,
    only: [administrator],
  },
  'POST /api/v1/entry-changes/:id/acts': {
    at: () => `/api/v1/entry-changes/${nobody}/acts`,
    body: { act: 'confirm' },
    status: 404,
    only: [administrator],
  },
  'POST /api/v1/points-of-contact/:id/changes': {
    at: () => `/api/v1/points-of-contact/${nobody}/changes`,
    body: { kind: 'end-channel', channel: nobody },
    status: 404,
    only: [administrator],
  },
  'GET /api/v1/points-of-contact/:id/notes-verbales': {
    at: () => `/api/v1/points-of-contact/${nobody}/notes-verbales`,
    status: 404,
    only: [administrator, secretariat],
  },
  'POST /api/v1/points-of-contact/:id/notes-verbales': {
    at: () => `/api/v1/points-of-contact/${nobody}/notes-verbales`,
    body: { purpose: 'removal', reference: '1', datedOn: '2026-01-02', authority: 'Ministry' },
    status: 404,
    only: [administrator],
  },
  'GET /api/v1/points-of-contact/:id/notes-verbales/:note/file': {
    at: () => `/api/v1/points-of-contact/${nobody}/notes-verbales/${nobody}/file`,
    status: 404,
    only: [administrator, secretariat],
  },
  'POST /api/v1/bodies': {
    body: {
      ...{ kind: 'cert', names: { en: 'CERT' } },
      constituency: [{ kind: 'asn', value: 'none' }],
    },
    status: 400,
    only: [administrator],
  },
  'GET /api/v1/bodies': { at: () => '/api/v1/bodies?party=XC', status: 200 },
  'GET /api/v1/bodies/:id': { at: () => `/api/v1/bodies/${nobody}`, status: 404 },
  'PUT /api/v1/bodies/:id': {
    at: () => `/api/v1/bodies/${nobody}`,
    body: { kind: 'cert', names: { en: 'CERT' }, version: 1 },
    status: 404,
    only: [administrator],
  },
  'POST /api/v1/bodies/:id/acts': {
    at: () => `/api/v1/bodies/${nobody}/acts`,
    body: { act: 'retire', version: 1 },
    status: 404,
    only: [administrator],
  },
  'GET /api/v1/snapshot': { ...read, only: inBulk },
  'GET /api/v1/snapshot/booklet.html': { ...read, only: inBulk },
  'GET /api/v1/snapshot/booklet.pdf': { ...read, only: inBulk },
  'GET /api/v1/export-consent': { ...read, only: ofParties },
  'PUT /api/v1/export-consent': {
    body: { consent: 'whole', version: 7 },
    status: 409,
    only: [administrator],
  },
  'GET /api/v1/confirmations': read,
  'POST /api/v1/confirmations': {
    body: { pointOfContact: nobody, version: 1 },
    status: 404,
    only: [administrator],
  },
  'GET /confirm/:token': { at: ({ confirmation }) => `/confirm/${confirmation}`, status: 200 },
  'POST /confirm/:token': {
    at: ({ confirmation }) => `/confirm/${confirmation}`,
    form: { act: 'confirm', version: '' },
    status: 422,
  },
  'GET /api/v1/corrections': read,
  'POST /api/v1/corrections': {
    body: { pointOfContact: nobody, what: 'other' },
    status: 404,
    only: reporters,
  },
  'POST /api/v1/corrections/:id/decision': {
    at: () => `/api/v1/corrections/${nobody}/decision`,
    body: { decision: 'decline', version: 1 },
    status: 404,
    only: [administrator],
  },
  'GET /api/v1/imports': { ...read, only: [administrator] },
  'POST /api/v1/imports': { body: { content: 'AAEC' }, status: 400, only: [administrator] },
  'GET /api/v1/imports/:id': { at: () => `/api/v1/imports/${nobody}`, status: 404, only: [administrator] },
  'POST /api/v1/imports/:id/acts': {
    at: () => `/api/v1/imports/${nobody}/acts`,
    body: { act: 'undo', version: 1 },
    status: 404,
    only: [administrator],
  },
  'GET /api/v1/exports/:format': {
    at: () => '/api/v1/exports/csv?party=XC',
    status: 200,
    only: [administrator, secretariat, 'officer@xc.example', 'observer@xc.example'],
  },
  'GET /api/v1/own-points-of-contact': read,
  'POST /api/v1/points-of-contact': {
    body: { ...contact, level: 'technical' },
    status: 400,
    only: [administrator],
  },
  'GET /api/v1/points-of-contact/:id': { at: () => `/api/v1/points-of-contact/${nobody}`, status: 404 },
  'PUT /api/v1/points-of-contact/:id': {
    at: () => `/api/v1/points-of-contact/${nobody}`,
    body: { ...contact, version: 1 },
    status: 404,
    only: [administrator],
  },
  'POST /api/v1/points-of-contact/:id/acts': {
    at: () => `/api/v1/points-of-contact/${nobody}/acts`,
    body: { act: 'retire', version: 1 },
    status: 404,
    only: [administrator],
  },
  'GET /api/v1/points-of-contact/:id/channels': {
    at: () => `/api/v1/points-of-contact/${nobody}/channels`,
    status: 404,
  },
  'POST /api/v1/points-of-contact/:id/channels': {
    at: () => `/api/v1/points-of-contact/${nobody}/channels`,
    body: { kind: 'mail', address: 'desk@xb.example' },
    status: 404,
    only: [administrator],
  },
  'PUT /api/v1/channels/:id': {
    at: () => `/api/v1/channels/${nobody}`,
    body: { version: 1 },
    status: 404,
    only: [administrator],
  },
  'DELETE /api/v1/channels/:id': {
    at: () => `/api/v1/channels/${nobody}`,
    status: 404,
    only: [administrator],
  },
  'GET /api/v1/call-tasks': read,
  'GET /api/v1/call-tasks/:id': { at: () => `/api/v1/call-tasks/${nobody}`, status: 404 },
  'POST /api/v1/call-tasks': { body: { channel: nobody, reason: 'check' }, status: 404, only: callers },
  'POST /api/v1/call-tasks/:id/take': { at: () => `/api/v1/call-tasks/${nobody}/take`, status: 404 },
  'POST /api/v1/call-tasks/:id/outcome': {
    at: () => `/api/v1/call-tasks/${nobody}/outcome`,
    body: { outcome: 'no-answer' },
    status: 404,
  },
  'POST /api/v1/call-tasks/:id/heard': {
    at: () => `/api/v1/call-tasks/${nobody}/heard`,
    body: { code: '000000' },
    status: 404,
  },
  'POST /api/v1/call-tasks/:id/cancel': { at: () => `/api/v1/call-tasks/${nobody}/cancel`, status: 404 },
  'GET /api/v1/channels/:id/proof': {
    at: () => `/api/v1/channels/${nobody}/proof`,
    status: 404,
    only: [administrator],
  },
  'GET /api/v1/keys': read,
  'GET /api/v1/keys/:id': { at: () => `/api/v1/keys/${nobody}`, status: 404 },
  'GET /api/v1/keys/:id/file': { at: () => `/api/v1/keys/${nobody}/file`, status: 404 },
  'POST /api/v1/keys': {
    body: { channel: nobody, file: 'none' },
    status: 404,
    only: [administrator],
  },
  'POST /api/v1/keys/look-at': {
    body: { channel: nobody, file: 'none' },
    status: 404,
    only: [administrator],
  },
  'POST /api/v1/keys/look-up': { body: { channel: nobody }, status: 404, only: [administrator] },
  'POST /api/v1/keys/:id/confirm': {
    at: () => `/api/v1/keys/${nobody}/confirm`,
    body: { version: 1 },
    status: 404,
    only: [administrator],
  },
  'DELETE /api/v1/keys/:id': {
    at: () => `/api/v1/keys/${nobody}`,
    status: 404,
    only: [administrator],
  },
  'POST /api/v1/keys/:id/keep': {
    at: () => `/api/v1/keys/${nobody}/keep`,
    status: 404,
    only: [administrator],
  },
  'POST /api/v1/keys/:id/test': {
    at: () => `/api/v1/keys/${nobody}/test`,
    status: 404,
    only: [administrator],
  },
  'POST /api/v1/keys/:id/test/confirm': {
    at: () => `/api/v1/keys/${nobody}/test/confirm`,
    body: { code: '000000' },
    status: 404,
    only: [administrator],
  },
  'POST /api/v1/channels/:id/proof': {
    at: () => `/api/v1/channels/${nobody}/proof`,
    status: 404,
    only: [administrator],
  },
  'POST /api/v1/channels/:id/proof/confirm': {
    at: () => `/api/v1/channels/${nobody}/proof/confirm`,
    body: { code: '000000' },
    status: 404,
    only: [administrator],
  },
  'GET /api/v1/routes': { at: () => '/api/v1/routes?party=XB', status: 200 },
  'GET /api/v1/plans': read,
  'GET /api/v1/plans/:id': { at: () => `/api/v1/plans/${nobody}`, status: 404 },
  'POST /api/v1/plans': {
    body: { with: 'ZZ', ways: [{ place: 'primary', kind: 'mail' }] },
    status: 400,
    only: keepersOfPlans,
  },
  'POST /api/v1/plans/:id/acts': {
    at: () => `/api/v1/plans/${nobody}/acts`,
    body: { act: 'end', version: 1 },
    status: 404,
    only: keepersOfPlans,
  },
  'POST /api/v1/plans/:id/modes': {
    at: () => `/api/v1/plans/${nobody}/modes`,
    body: { mode: 'crisis', reason: { text: 'Why.', language: 'en' }, version: 1 },
    status: 404,
    only: declarers,
  },
};
