/** Something that was started. */
export interface Stoppable {
  name: string;
  /** Ends it in order. */
  stop: () => Promise<void>;
  /** Ends it at once, losing nothing that was promised to be kept. */
  kill: () => void;
}

const order = ['backups', 'api', 'worker', 'mail', 'database', 'data folder'];

/** Stops what was started, in a fixed order: first what takes work in, last what the rest stands on. */
export class Shutdown {
  private readonly parts: Stoppable[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly log: (line: string) => void) {}

  get hasBegun(): boolean {
    return this.running !== undefined;
  }

  /** Registers a part; one that comes up while all is being stopped is ended at once. */
  add(part: Stoppable): void {
    if (this.hasBegun) part.kill();
    this.parts.push(part);
  }

  /** Stops everything once; each part is tried, whatever the others do. */
  stop(): Promise<void> {
    this.running ??= this.stopAll();
    return this.running;
  }

  kill(): void {
    for (const part of this.inOrder()) part.kill();
  }

  private async stopAll(): Promise<void> {
    for (const name of order) {
      for (const part of this.parts.filter((candidate) => candidate.name === name)) {
        await part.stop().catch((error: unknown) => this.log(`stopping the ${part.name}: ${String(error)}`));
      }
    }
  }

  private inOrder(): Stoppable[] {
    return this.parts.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  }
}
