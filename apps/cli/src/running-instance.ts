import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const variables = z.record(z.string(), z.string());

/** What an instance that `npm start` runs from this folder says of itself to operators; nothing when there is none. */
export function runningInstance(dataDir: string): Record<string, string> {
  try {
    return variables.parse(JSON.parse(readFileSync(join(dataDir, 'operator.json'), 'utf8')));
  } catch {
    return {};
  }
}
