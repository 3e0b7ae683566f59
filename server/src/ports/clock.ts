/** Domain time in UTC. Moves domain deadlines only; tokens, certificates and time stamps use real time. */
export type Clock = { now(): Date };
