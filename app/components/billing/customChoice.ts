/** Stands among the ids of packs for an amount of one's own. */
export const customChoice = 'custom'
