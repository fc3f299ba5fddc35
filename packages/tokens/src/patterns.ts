/**
 * The eight series of a chart, told apart without colour: an SVG path on a tile of 8 × 8, drawn over the fill in the
 * colour of the sheet. The first has none.
 */
export const patterns = [
  { name: 'plain', path: '' },
  { name: 'rising', path: 'M-2 2 2-2M0 8 8 0M6 10l4-4' },
  { name: 'dots', path: 'M2 2h1M6 6h1' },
  { name: 'falling', path: 'M6-2l4 4M0 0l8 8M-2 6l4 4' },
  { name: 'upright', path: 'M2 0v8M6 0v8' },
  { name: 'level', path: 'M0 2h8M0 6h8' },
  { name: 'grid', path: 'M4 0v8M0 4h8' },
  { name: 'crosses', path: 'M0 0l8 8M8 0 0 8' },
] as const;
