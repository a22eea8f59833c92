import { environment } from '#libs/runtime';
import { createApi } from './create-api.js';
import { describeApi } from './openapi.js';

const nowhere = 'postgresql://nobody@127.0.0.1:1/none';
const app = await createApi(
  environment.api({
    DATABASE_URL_API: nowhere,
    VAULT_KEY: `k1:${'A'.repeat(43)}=`,
    LEDGER_KEY: `s1:${'A'.repeat(43)}=`,
    LOG_LEVEL: 'silent',
  }),
  { connect: false },
);
// Exits once all is written: a pipe takes 64 kB at a time.
process.stdout.write(`${JSON.stringify(describeApi(app), null, 2)}\n`, () => process.exit(0));
