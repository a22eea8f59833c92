const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ctrl-C and its like as a promise that rejects, so that what was started can be ended in order. */
export function interruption(): { raised: Promise<never>; forget(): void } {
  let stop: () => void = () => undefined;
  const raised = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('Stopped before the end; the instance and its data are gone.'));
  });
  raised.catch(() => undefined);
  for (const signal of signals) process.on(signal, stop);
  const forget = () => {
    for (const signal of signals) process.off(signal, stop);
  };
  return { raised, forget };
}
