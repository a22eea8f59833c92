/** What a member must be. */
export type Check = (value: unknown) => boolean;

/** The members that an object has, and no others. */
export type Form = { readonly [member: string]: Check | Form };

export const text: Check = (value) => typeof value === 'string';
export const textOrNull: Check = (value) => value === null || text(value);
export const hash: Check = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
export const count: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
export const just =
  (wanted: string | number): Check =>
  (value) =>
    value === wanted;
export const anything: Check = () => true;
/** Null, left out, or an object of this form. */
export const maybe =
  (form: Form): Check =>
  (value) =>
    value === null || value === undefined || fits(value, form);

/** Whether a value has this form. A member that is not known does not fit: it could say anything. */
export function fits(value: unknown, form: Form, others: 'refused' | 'more-allowed' = 'refused'): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const given = new Map<string, unknown>(Object.entries(value));
  if (others === 'refused' && [...given.keys()].some((name) => !Object.hasOwn(form, name))) return false;
  return Object.entries(form).every(([name, check]) =>
    typeof check === 'function' ? check(given.get(name)) : fits(given.get(name), check),
  );
}
