/** The look of the hosted pages: warm paper, ink, one action colour, and the line with its brass bob. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: oklch(0.985 0.004 85); --sheet: oklch(1 0 0); --rule: oklch(0.90 0.008 85); --field: oklch(0.58 0.015 260);
  --ink: oklch(0.24 0.03 260); --muted: oklch(0.46 0.02 260);
  --action: oklch(0.50 0.16 255); --on-action: oklch(1 0 0); --action-strong: oklch(0.43 0.16 255);
  --brass: oklch(0.68 0.12 78); --bad: oklch(0.50 0.19 25); --bad-soft: oklch(0.96 0.02 25);
  --badge: oklch(0.93 0.05 85); --on-badge: oklch(0.36 0.08 70);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: oklch(0.19 0.015 260); --sheet: oklch(0.225 0.016 260); --rule: oklch(0.32 0.015 260); --field: oklch(0.62 0.015 260);
    --ink: oklch(0.95 0.008 85); --muted: oklch(0.76 0.012 260);
    --action: oklch(0.76 0.12 250); --on-action: oklch(0.19 0.03 260); --action-strong: oklch(0.83 0.10 250);
    --brass: oklch(0.78 0.12 82); --bad: oklch(0.78 0.13 25); --bad-soft: oklch(0.27 0.05 25);
    --badge: oklch(0.33 0.05 82); --on-badge: oklch(0.90 0.07 85);
  }
}
* { box-sizing: border-box; margin: 0; }
body {
  background: var(--paper); color: var(--ink); min-block-size: 100vh;
  font: 400 1rem/1.5 Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums;
}
h1, h2, legend, .brand { font-family: Manrope, Inter, system-ui, -apple-system, "Segoe UI", sans-serif; letter-spacing: -0.01em; }
h1 { font-size: 1.375rem; line-height: 1.25; font-weight: 700; }
h2, legend { font-size: 1.125rem; line-height: 1.3; font-weight: 700; }
a { color: var(--action); text-underline-offset: 0.2em; }
.skip { position: absolute; inset-inline-start: -999px; }
.skip:focus { inset-inline-start: 16px; inset-block-start: 8px; background: var(--sheet); padding: 8px 12px; z-index: 1; }
header.top { border-block-end: 1px solid var(--rule); background: var(--sheet); }
header.top > div, main, footer { inline-size: 100%; max-inline-size: 960px; margin-inline: auto; padding-inline: 20px; }
header.top > div { display: flex; align-items: center; gap: 4px 12px; flex-wrap: wrap; min-block-size: 64px; }
.line { inline-size: 14px; block-size: 36px; flex: none; }
.line path { stroke: var(--ink); stroke-width: 1.5; } .line circle { fill: var(--brass); }
.brand { font-weight: 700; }
.badge { margin-inline-start: auto; background: var(--badge); color: var(--on-badge); font-weight: 600; font-size: 0.875rem; border-radius: 999px; padding: 2px 12px; white-space: nowrap; }
main { padding-block: 24px 48px; }
.columns { display: grid; gap: 24px; }
.narrow { max-inline-size: 520px; margin-inline: auto; }
.summary > * + *, .stack > * + * { margin-block-start: 16px; }
.amount { font-family: Manrope, Inter, system-ui, sans-serif; font-size: 2.25rem; line-height: 1.1; font-weight: 700; letter-spacing: -0.02em; }
.lines { list-style: none; padding: 0; border-block-start: 1px solid var(--rule); }
.lines li, .total { display: flex; gap: 16px; justify-content: space-between; padding-block: 12px; border-block-end: 1px solid var(--rule); }
.lines small { display: block; }
.total { border: 0; font-weight: 600; }
small, .hint { color: var(--muted); font-size: 0.875rem; }
.sheet { background: var(--sheet); border: 1px solid var(--rule); border-radius: 14px; padding: 20px; }
fieldset { border: 0; padding: 0; min-inline-size: 0; }
legend { padding: 0; margin-block-end: 16px; }
.fields { display: grid; gap: 16px; grid-template-columns: 1fr 1fr; }
.field { grid-column: 1 / -1; display: grid; gap: 4px; align-content: start; }
.half { grid-column: span 1; align-content: end; }
form > fieldset + * , form > * + fieldset { margin-block-start: 24px; }
form > .problems + fieldset { margin-block-start: 0; }
label { font-weight: 600; }
input[type="text"], input[type="email"] {
  inline-size: 100%; min-block-size: 48px; padding: 10px 12px; border: 1px solid var(--field); border-radius: 8px;
  background: var(--sheet); color: var(--ink); font: inherit; font-size: 1rem;
}
input[aria-invalid="true"] { border-color: var(--bad); border-width: 2px; padding: 9px 11px; }
.problem { color: var(--bad); font-weight: 600; font-size: 0.875rem; }
.problems { border: 2px solid var(--bad); background: var(--bad-soft); border-radius: 14px; padding: 16px 20px; margin-block-end: 20px; }
.problems ul { padding-inline-start: 20px; margin-block-start: 8px; } .problems a { color: var(--bad); font-weight: 600; }
:focus-visible { outline: 3px solid var(--action); outline-offset: 2px; }
button { font: inherit; font-weight: 600; cursor: pointer; border-radius: 8px; border: 1px solid transparent; min-block-size: 48px; padding: 10px 16px; }
.primary { inline-size: 100%; background: var(--action); color: var(--on-action); font-size: 1.0625rem; }
.primary:hover { background: var(--action-strong); }
.secondary { inline-size: 100%; background: transparent; color: var(--ink); border-color: var(--field); }
.actions { display: grid; gap: 12px; margin-block-start: 24px; }
.cancel { text-align: center; margin-block-start: 16px; }
.cards { margin-block-start: 24px; }
.cards ul { list-style: none; padding: 0; }
.cards button {
  inline-size: 100%; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 16px; align-items: baseline; text-align: start;
  background: transparent; color: var(--ink); border: 0; border-block-end: 1px solid var(--rule); border-radius: 0; padding: 12px 0; font-weight: 400;
}
.cards button span { text-align: end; }
.cards button:hover { color: var(--action); }
.cards li:last-child button { border-block-end: 0; }
code { font-family: "JetBrains Mono", ui-monospace, SFMono-Regular, Menlo, monospace; font-size: 0.9375rem; white-space: nowrap; }
.choice { display: flex; gap: 12px; align-items: start; padding-block: 6px; }
.choice input { inline-size: 24px; block-size: 24px; margin: 0; flex: none; accent-color: var(--action); }
.choice label { font-weight: 400; }
footer { padding-block: 0 32px; color: var(--muted); font-size: 0.875rem; }
@media (min-width: 48rem) {
  .columns { grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); gap: 48px; align-items: start; }
  main { padding-block: 48px 64px; } .sheet { padding: 28px; } .amount { font-size: 3rem; } h1 { font-size: 1.75rem; }
}
`;
