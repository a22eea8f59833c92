import { readFileSync } from 'node:fs';

export type BackEnd = 'postgres' | 'redis';

interface Settings {
  urls: { owner: string; api: string; worker: string; ledger: string };
  admin: string;
  vaultKey: string;
  ledgerKey: string;
  backEnds: BackEnd[];
  /** The program; undefined where there is none, and no test of the pages runs. */
  browser?: string;
}

/** What the set-up of this run made. */
export const settings = JSON.parse(readFileSync(process.env.ALDIS_TEST_SETTINGS ?? '', 'utf8')) as Settings;

/** The queue back ends that stories run on. */
export const backEnds = settings.backEnds;
