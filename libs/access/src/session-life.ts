/** How long a session lasts, in hours, however busy it is; and in minutes, when nothing is done in it. */
export const sessionHours = 12;
const idleMinutes = 60;
/** Minutes that a session waits for the second factor, or for one to be set up. */
export const waitingMinutes = { 'second-factor': 10, enrol: 30 } as const;

/** In SQL, whether a session is not over yet: sessions that wait have no idle limit, nor those of a sample world. */
export const sessionLives = (session: string): string =>
  `${session}.expires_at > app.now() AND (${session}.stage <> 'full' OR ${session}.factor = 'none'
     OR ${session}.seen_at > app.now() - interval '${idleMinutes} minutes')`;
