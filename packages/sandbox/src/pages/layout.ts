import { createHash } from 'node:crypto';
import { markup, type Html } from './html.ts';
import { STYLE } from './style.ts';
import { words } from './words.ts';

export interface Page {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The policy allows exactly this text between the tags, so nothing may be added to it. */
const STYLE_TAG: Html = { html: `<style>${STYLE}</style>` };
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const LINE = markup`<svg class="line" viewBox="0 0 14 36" fill="none" aria-hidden="true">
  <path d="M7 0v24" />
  <circle cx="7" cy="29" r="6" />
</svg>`;

/**
 * No scripts, nothing from elsewhere. `form-action` also governs where the answer to a form may redirect, so the addresses
 * that the payer returns to are named.
 */
function policy(returnTo: readonly string[]): string {
  const origins = returnTo.map((address) => new URL(address).origin);
  return [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    `form-action ${["'self'", ...new Set(origins)].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** A whole page in the sandbox's dress. */
export function page(input: { title: string; content: Html; status?: number; returnTo?: readonly string[] }): Page {
  const document = markup`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${input.title} – ${words.brand}, ${words.badge.toLowerCase()}</title>
        ${STYLE_TAG}
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header class="top">
          <div>${LINE}<span class="brand">${words.brand}</span><span class="badge">${words.badge}</span></div>
        </header>
        <main id="main">${input.content}</main>
        <footer><p>${words.tagline}</p></footer>
      </body>
    </html>`;
  return {
    status: input.status ?? 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy(input.returnTo ?? []),
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    },
    body: document.html,
  };
}

export function redirect(address: string): Page {
  return { status: 303, headers: { Location: address, 'Cache-Control': 'no-store' }, body: '' };
}

/** A page that only says something and shows the way on. */
export function notice(input: {
  title: string;
  text: string;
  status: number;
  link?: { href: string; label: string } | undefined;
}): Page {
  const link = input.link && markup`<p><a href="${input.link.href}">${input.link.label}</a></p>`;
  const content = markup`<div class="narrow sheet stack">
    <h1>${input.title}</h1>
    <p>${input.text}</p>
    ${link}
  </div>`;
  return page({ title: input.title, content, status: input.status });
}

export function notFound(): Page {
  return notice({ title: words.ended.unknownTitle, text: words.ended.unknownText, status: 404 });
}

export type Problems = Record<string, string>;

/** The summary above a form: every problem, each a link to its field. */
export function problemSummary(problems: Problems, general?: string): Html | null {
  const entries = Object.entries(problems);
  if (entries.length === 0 && general === undefined) return null;
  const items = entries.map(([field, text]) => markup`<li><a href="#${field}">${text}</a></li>`);
  const list = items.length > 0 && markup`<ul>${items}</ul>`;
  return markup`<div class="problems" role="alert" tabindex="-1">
    <h2>${words.errorTitle}</h2>
    ${general !== undefined && markup`<p>${general}</p>`}${list}
  </div>`;
}

export interface FieldInput {
  id: string;
  label: string;
  value: string;
  hint?: string;
  problem?: string | undefined;
  half?: boolean;
  type?: 'text' | 'email';
  autocomplete: string;
  inputmode?: 'numeric' | 'email' | 'text';
  maxlength?: number;
}

/** A labelled text field with its hint and problem tied to it. */
export function field(input: FieldInput): Html {
  const { id, hint, problem } = input;
  const described = [hint === undefined ? '' : `${id}-hint`, problem === undefined ? '' : `${id}-problem`]
    .filter(Boolean)
    .join(' ');
  const attributes = markup`autocomplete="${input.autocomplete}" inputmode="${input.inputmode ?? 'text'}" maxlength="${input.maxlength ?? 200}" spellcheck="false"${described !== '' && markup` aria-describedby="${described}"`}${problem !== undefined && markup` aria-invalid="true"`}`;
  return markup`<div class="field ${input.half ? 'half' : ''}">
    <label for="${id}">${input.label}</label>
    ${hint !== undefined && markup`<span class="hint" id="${id}-hint">${hint}</span>`}
    ${problem !== undefined && markup`<span class="problem" id="${id}-problem">${problem}</span>`}
    <input id="${id}" name="${id}" type="${input.type ?? 'text'}" value="${input.value}" ${attributes} />
  </div>`;
}
