/** What a process of its own is given beside its settings: where programs are, and what was compiled before. */
export const bareEnvironment = {
  PATH: process.env.PATH,
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
};
