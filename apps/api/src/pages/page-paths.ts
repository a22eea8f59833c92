/** Addresses of the pages that run a script, and of those scripts: outside `/api/v1`. */
export const pagePaths = ['sign-in', 'account', 'verify', 'verify/*path', 'scripts/*path'];
