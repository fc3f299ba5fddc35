import type { FastifyInstance } from 'fastify';
import { html, join, type Html } from './html.ts';
import { knownProblems } from './problems.ts';

interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: unknown;
}

/** The parts of the OpenAPI document that this page shows, as our own plugin prints them. */
interface Printed {
  paths?: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, unknown> };
}

interface Entry extends Operation {
  method: string;
  path: string;
}

const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/** `/docs-api`: the contract for people, printed from the same document as `/openapi.json`, without outside requests. */
export function installDocs(app: FastifyInstance): void {
  let page: string | undefined;
  app.get('/docs-api', { schema: { hide: true } }, (_request, reply) => {
    page ??= render(app.swagger() as unknown as Printed).text;
    reply.type('text/html; charset=utf-8').header('content-security-policy', policy);
    return page;
  });
}

function entriesOf({ paths = {} }: Printed): Entry[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
}

function render(document: Printed): Html {
  const entries = entriesOf(document);
  const groups = [...Map.groupBy(entries, ({ tags }) => tags[0] ?? '')];
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Plumbline API</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <header>
          <h1>Plumbline API</h1>
          <p>
            ${entries.length} operations. The same contract as a document:
            <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1). Refusals are problem details (RFC 9457) with a
            stable <code>code</code>.
          </p>
          <nav aria-label="Parts">
            ${join(groups.map(([tag]) => html`<a href="#${tag}">${tag}</a> `))}<a href="#schemas">schemas</a>
            <a href="#problems">problems</a>
          </nav>
        </header>
        <main>${join(groups.map(renderGroup))} ${renderSchemas(document)} ${renderProblems()}</main>
      </body>
    </html>`;
}

function renderGroup([tag, entries]: [string, Entry[]]): Html {
  return html`<section>
    <h2 id="${tag}">${tag}</h2>
    ${join(entries.map(renderEntry))}
  </section>`;
}

function renderEntry(entry: Entry): Html {
  return html`<details id="${entry.operationId}">
    <summary>
      <b class="${entry.method}">${entry.method}</b> <code>${entry.path}</code> <span>${entry.summary}</span>
    </summary>
    <p><code>${entry.operationId}</code>. ${entry.description}</p>
    ${renderParameters(entry.parameters ?? [])} ${renderBody(entry)}
    ${join(Object.entries(entry.responses).map(([status, answer]) => renderAnswer(status, answer)))}
  </details>`;
}

function renderParameters(parameters: Parameter[]): Html {
  if (parameters.length === 0) return html``;
  const rows = parameters.map(
    (each) =>
      html`<tr>
        <td><code>${each.name}</code>${each.required ? ' (needed)' : ''}</td>
        <td>${each.in}</td>
        <td>${each.description ?? ''} <code>${JSON.stringify(each.schema)}</code></td>
      </tr>`,
  );
  return html`<h3>Parameters</h3>
    <table>
      ${join(rows)}
    </table>`;
}

function renderBody({ requestBody }: Entry): Html {
  const [first] = Object.entries(requestBody?.content ?? {});
  if (!first) return html``;
  const [type, media] = first;
  return html`<h3>Body, ${type}</h3>
    <pre>${renderSchema(media.schema)}</pre>`;
}

function renderAnswer(status: string, { description, content }: Operation['responses'][string]): Html {
  const schema = content?.['application/json']?.schema;
  if (!schema) return html`<p><b>${status}</b> ${description}</p>`;
  return html`<h3>${status} ${description}</h3>
    <pre>${renderSchema(schema)}</pre>`;
}

/** A schema as text in which the name of a shared one leads to it. */
function renderSchema(schema: unknown): Html {
  const parts = JSON.stringify(schema, null, 2).split(/"#\/components\/schemas\/(\w+)"/);
  return join(parts.map((part, n) => (n % 2 ? html`<a href="#schema-${part}">${part}</a>` : html`${part}`)));
}

function renderSchemas({ components }: Printed): Html {
  const schemas = Object.entries(components?.schemas ?? {});
  return html`<section>
    <h2 id="schemas">Schemas</h2>
    ${join(
      schemas.map(
        ([name, schema]) =>
          html`<h3 id="schema-${name}">${name}</h3>
            <pre>${renderSchema(schema)}</pre>`,
      ),
    )}
  </section>`;
}

function renderProblems(): Html {
  const rows = knownProblems().map(
    ({ code, status }) =>
      html`<tr id="${code}">
        <td><code>${code}</code></td>
        <td>${status}</td>
      </tr>`,
  );
  return html`<section>
    <h2 id="problems">Problems</h2>
    <table>
      ${join(rows)}
    </table>
  </section>`;
}

const style = html`
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; } body { max-width: 60rem; margin: 0 auto;
  padding: 1rem; } nav a { margin-inline-end: 0.75rem; } details { border: 1px solid color-mix(in srgb, currentcolor
  25%, transparent); border-radius: 0.5rem; margin: 0.5rem 0; padding: 0.5rem 0.75rem; } summary { cursor: pointer;
  overflow-wrap: anywhere; } summary b { display: inline-block; min-width: 4.5rem; } summary span { opacity: 0.8; } pre
  { overflow-x: auto; font-size: 0.85rem; padding: 0.75rem; border-radius: 0.5rem; background: color-mix(in srgb,
  currentcolor 8%, transparent); } table { border-collapse: collapse; width: 100%; } td { border-top: 1px solid
  color-mix(in srgb, currentcolor 20%, transparent); padding: 0.25rem 0.5rem; overflow-wrap: anywhere; vertical-align:
  top; } :target { outline: 2px solid currentcolor; outline-offset: 2px; }
`;
