export { ClockQueries, type LineClocks } from './clock.queries.js';
export { DeliveryQueries, type DeliveryView } from './deliveries.queries.js';
export type { Kept, Said } from './act-content.js';
export { answers, acts, lineStates, requestStates, type Act } from './lifecycle.js';
export { templateKeys, type RequestInput } from './request-content.js';
export { type LineView, type RequestSummary, type RequestView } from './request-view.js';
export { entities, wireRequests, type Wired } from './requests.module.js';
export { RequestQueries, type PageFilter } from './requests.queries.js';
export { Requests, type ActInput } from './requests.service.js';
