/** How often the sweep looks, and when it stops believing in the queue (milliseconds; seconds). */
export const sweepEvery = 1_000;
export const lateAfterSeconds = 5;
/** How often what is over is forgotten (milliseconds). */
export const forgetEvery = 60_000;
/** How often what is no longer kept is erased (milliseconds). */
export const eraseEvery = 3_600_000;
export const sweepLimit = 200;
/** How often the journal is folded into its chain, when there is something (milliseconds). */
export const foldEvery = 10_000;
/** How often a worker asks whether the next checkpoint is due (milliseconds). */
export const checkpointTries = 10_000;
/** Notices that the sweep itself delivers at once when the queue does not. */
export const direct = 2;
/** How often mails of announcements are written, a chunk at a time (milliseconds). */
export const mailEvery = 1_000;
/** How often it is asked whether somebody is to be told of the mode of a plan (milliseconds). */
export const modeEvery = 2_000;
/** How often webhooks and gateways are called that wait for it, and how often call tasks expire (milliseconds). */
export const callEvery = 1_000;
export const expireEvery = 60_000;
/** How often it is asked whether somebody is to be told of a call that announces a change (milliseconds). */
export const tellEvery = 2_000;
/** How often entries are looked through for what is to be confirmed, doubted or told of (milliseconds). */
export const confirmEvery = 10_000;
/** How often it is asked whether the end of a key or a channel, or a yearly look, is to be warned of (milliseconds). */
export const warnEvery = 60_000;
/** Milliseconds between two looks for names that were written and cannot be found yet. */
export const findEvery = 2_000;
