import { armFailpoint, environment } from '#libs/runtime';
import { serveHealth } from './health.js';
import { startWorker } from './worker.js';

const env = environment.worker();
armFailpoint(env);
const worker = await startWorker(env);
const health =
  env.WORKER_HEALTH_PORT === undefined
    ? undefined
    : serveHealth(env.HOST, env.WORKER_HEALTH_PORT, () => worker.sinceSweep());
process.send?.({ ready: true });

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  health?.close();
  await worker.close();
  process.exit(0);
};
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
// Started by another process: end with it.
process.on('disconnect', () => process.exit(0));
