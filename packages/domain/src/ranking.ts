/** Orders in which results can be asked for. */
export const sorts = ['best', 'price', 'rating', 'distance'] as const;
export type Sort = (typeof sorts)[number];
