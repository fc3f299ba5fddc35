/** The looks that every list of choices shares: combobox, rich select, menu. */
export const popoverLook =
  'thin-scroll max-h-80 min-w-(--trigger-width) overflow-y-auto rounded-card border border-line bg-sheet p-1 shadow-float';

export const itemLook =
  'flex min-h-10 cursor-pointer items-center gap-3 rounded-control px-3 py-2 text-16 outline-none ' +
  'data-disabled:cursor-not-allowed data-disabled:text-ink-faint data-focused:bg-action-soft data-selected:font-strong';
