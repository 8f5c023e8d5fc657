/** What lies in the folder of a blob on its way in, besides the claim that says who writes. */
export const partialNames = { data: 'data', note: 'note' } as const;
