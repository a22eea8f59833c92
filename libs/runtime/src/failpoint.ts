let armed: string | undefined;

/** Arms one named point for the life of this process; production ignores it. */
export function armFailpoint(env: { NODE_ENV: string; FAIL_AT?: string | undefined }): void {
  armed = env.NODE_ENV === 'production' ? undefined : env.FAIL_AT;
}

/** Dies here, as hard as `kill -9`, when this point is armed. The kill tests prove what survives it. */
export function failpoint(name: string): void {
  if (armed === name) process.kill(process.pid, 'SIGKILL');
}
