import { armFailpoint, environment } from '#libs/runtime';
import { createApi } from './create-api.js';

const env = environment.api();
armFailpoint(env);
const app = await createApi(env);
await app.listen(env.PORT, env.HOST);
process.send?.({ ready: true });
// Started by another process: end with it.
process.on('disconnect', () => process.exit(0));
