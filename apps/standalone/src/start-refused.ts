/** A reason not to start that the person at the terminal can act on: its message is printed alone, without a stack. */
export class StartRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartRefused';
  }
}
