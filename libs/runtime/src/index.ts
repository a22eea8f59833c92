export { clock } from './clock.js';
export {
  connectServing,
  createDatabase,
  databaseCode,
  isDatabaseUnavailable,
  violatedUnique,
  type DatabaseOptions,
} from './database.js';
export {
  environment,
  environmentVariables,
  EnvironmentError,
  type ApiEnvironment,
  type ExaminedEnvironment,
  type OperatorEnvironment,
  type StandaloneEnvironment,
  type WorkerEnvironment,
} from './environment.js';
export { armFailpoint, failpoint } from './failpoint.js';
export { newId, newReferenceCode } from './ids.js';
export { JobListener } from './job-listener.js';
export { Doorbell, prepareQueueSchema, type Job, type QueueOptions } from './job-queue.js';
export { createLogger, nestLogger, type Logger } from './logging.js';
export { OutgoingCallError, outgoingCalls, type OutgoingCalls, type OutgoingFault } from './outgoing-call.js';
export { prepareDatabase, type DatabaseUrls } from './prepare-database.js';
export {
  Problem,
  problemCatalogue,
  toPointer,
  type Fault,
  type ProblemCode,
  type ProblemExtra,
} from './problem.js';
export { copyTables, restoreTables, type Ask, type Copies, type TableCopy } from './table-copies.js';
export { Tx, UnitOfWork, type Identity } from './unit-of-work.js';
