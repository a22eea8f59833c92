/** The address under which people reach this instance, without a slash at its end. */
export const PUBLIC_URL = Symbol('public url');
