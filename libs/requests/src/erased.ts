/** Stands in a view where a text was whose key is destroyed. `at`: when, RFC 3339 in UTC. */
export interface Erased {
  erased: true;
  at: string;
}

export const isErased = (value: unknown): value is Erased =>
  typeof value === 'object' && value !== null && 'erased' in value && value.erased === true;

/** The value where it is there to be read; else nothing. */
export const unlessErased = <T>(value: T | Erased): T | null => (isErased(value) ? null : value);
