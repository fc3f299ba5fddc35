/** Real time, for what must not follow the moved clock of a demo market: sessions, limits, signatures. */
export const realNow = (): Date => new Date();
