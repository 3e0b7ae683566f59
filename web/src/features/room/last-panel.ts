let last = { where: '', key: '' };

/**
 * The panel that was open in a room with these panels: a director who takes the screen back goes on where they were.
 * A name of a panel and nothing of what stood in it.
 */
export const lastPanel = {
  of: (where: string): string | undefined => (last.where === where ? last.key : undefined),
  keep: (where: string, key: string): void => {
    last = { where, key };
  },
};
