import { administrator, nobody, read, secretariat, type RouteCall } from './route-call.js';

const officers = [
  ...['officer@xa.example', 'diplomat@xa.example', 'officer@xb.example', 'policy@xb.example'],
  'officer@xc.example',
];
const names = { ar: 'شبكة', zh: '网络', en: 'Network', fr: 'Réseau', ru: 'Сеть', es: 'Red' };
const said = { names, levelsRequired: ['technical'] };
const none = `/api/v1/networks/${nobody}`;
const text = { text: 'Help.', language: 'en' };
const capability = {
  ...{ kind: 'training', description: [text], languages: ['en'], leadHours: 24, place: 'remote' },
  ...{ cost: 'free', pointOfContact: nobody, audience: { to: 'own' } },
};
const keepers = [administrator, ...officers];

/** How the routes of networks and capabilities are called when their audience is tried. */
export const networkCalls: Readonly<Record<string, RouteCall>> = {
  'GET /api/v1/networks': read,
  'GET /api/v1/networks/:id': { at: () => none, status: 404 },
  'GET /api/v1/networks/:id/members': { at: () => `${none}/members`, status: 404 },
  'GET /api/v1/networks/:id/dashboard': { at: () => `${none}/dashboard`, status: 404 },
  'POST /api/v1/networks': { body: { code: 'sample', ...said }, status: 400, only: [secretariat] },
  'PUT /api/v1/networks/:id': {
    at: () => none,
    body: { ...said, version: 1 },
    status: 404,
    only: [secretariat],
  },
  'PUT /api/v1/networks/:id/members/:code': {
    at: () => `${none}/members/XB`,
    body: { version: 1 },
    status: 404,
    only: [secretariat],
  },
  'GET /api/v1/networks/:id/role-sheets': { at: () => `${none}/role-sheets`, status: 404 },
  'PUT /api/v1/networks/:id/role-sheets/:level': {
    at: () => `${none}/role-sheets/technical`,
    body: { texts: [], version: 0 },
    status: 404,
    only: [secretariat],
  },
  'GET /api/v1/networks/:id/role-sheets/:level/document.html': {
    at: () => `${none}/role-sheets/technical/document.html`,
    status: 404,
  },
  'GET /api/v1/networks/:id/role-sheets/:level/document.pdf': {
    at: () => `${none}/role-sheets/technical/document.pdf`,
    status: 404,
  },
  'GET /api/v1/points-of-contact/:id/readiness': {
    at: () => `/api/v1/points-of-contact/${nobody}/readiness`,
    status: 404,
  },
  'PUT /api/v1/points-of-contact/:id/readiness': {
    at: () => `/api/v1/points-of-contact/${nobody}/readiness`,
    body: { network: nobody, version: 0, sheetVersion: 0, checkedOn: '2026-07-01', answers: {} },
    status: 404,
    only: keepers,
  },
  'GET /api/v1/capabilities': read,
  'GET /api/v1/capabilities/:id': { at: () => `/api/v1/capabilities/${nobody}`, status: 404 },
  'POST /api/v1/capabilities': { body: capability, status: 400, only: keepers },
  'PUT /api/v1/capabilities/:id': {
    at: () => `/api/v1/capabilities/${nobody}`,
    body: { ...capability, version: 1 },
    status: 404,
    only: keepers,
  },
  'POST /api/v1/capabilities/:id/acts': {
    at: () => `/api/v1/capabilities/${nobody}/acts`,
    body: { act: 'end', version: 1 },
    status: 404,
    only: keepers,
  },
};
