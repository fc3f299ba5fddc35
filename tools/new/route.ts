import { camel, change, split } from './write.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** A route in the contract and its handler; it answers 404 until its service is written. */
export function newRoute(root: string, [name, method = '', address = '', permission = '']: string[]): string {
  const { module, own } = split(name);
  if (!methods.includes(method)) throw new Error(`the method is one of ${methods.join(', ')}`);
  if (!/^\/v1\/[a-z0-9:/_-]+$/i.test(address))
    throw new Error('the address begins with /v1/ and names a thing: /v1/bookings/:bookingId/notes');
  if (permission === '') throw new Error('a route names its permission (packages/domain/src/access.ts), or public');
  const act = camel(own);
  addToContract(root, module, act, { method, address, permission });
  addHandler(root, module, act);
  addToService(root, module, act);
  return `${module}.${act} is in the contract, in routes.ts and, refusing, in service.ts. Next: its body and reply in
packages/contracts/src/${module}.ts, a database test of the service, then the service.`;
}

interface Address {
  method: string;
  address: string;
  permission: string;
}

function addToContract(root: string, module: string, act: string, { method, address, permission }: Address): void {
  const params = [...address.matchAll(/:(\w+)/g)].map(([, param]) => `${param}: Id`);
  const entry = `  ${act}: route({
    name: '${module}.${act}',
    method: '${method}',
    path: '${address}',
    permission: '${permission}',
    summary: '${act}',${params.length > 0 ? `\n    params: closed({ ${params.join(', ')} }),` : ''}
    reply: closed({}),
  }),
`;
  const file = `packages/contracts/src/${module}.ts`;
  change(root, file, (old) => {
    if (old.includes(`'${module}.${act}'`)) throw new Error(`${file} has ${module}.${act} already`);
    const opened = old.replace(/(Routes = \{)(\} as const)/, '$1\n$2');
    const at = opened.search(/^\} as const[^;]*;\s*$(?![\s\S]*Routes = )/m);
    const place = opened.lastIndexOf('\n} as const');
    if (at < 0 || place < 0) throw new Error(`${file} has no list of routes`);
    return withImports(opened.slice(0, place + 1) + entry + opened.slice(place + 1), params.length > 0);
  });
}

function withImports(text: string, usesId: boolean): string {
  const lines = [
    /import \{[^}]*\bclosed\b/.test(text) ? '' : `import { ${usesId ? 'closed, Id' : 'closed'} } from './common.ts';\n`,
    /import \{[^}]*\broute\b/.test(text) ? '' : "import { route } from './route.ts';\n",
  ];
  return lines.join('') + text;
}

function addHandler(root: string, module: string, act: string): void {
  change(root, `apps/server/src/modules/${module}/routes.ts`, (old) => {
    const handler = `  on(${module}Routes.${act}, async (ctx, input) => service.${act}(ctx, input)),\n`;
    const opened = old.replace(/(export const routes(?:: RouteHandler\[\])? = \[)(\];)/, '$1\n$2');
    const place = opened.lastIndexOf('\n];');
    if (place < 0) throw new Error(`modules/${module}/routes.ts has no list of routes`);
    return handlerImports(opened.slice(0, place + 1) + handler + opened.slice(place + 1), module);
  });
}

function handlerImports(text: string, module: string): string {
  const withOn = text.replace('import type { RouteHandler } from', 'import { on, type RouteHandler } from');
  const contract = withOn.includes(`${module}Routes }`)
    ? ''
    : `import { ${module}Routes } from '@plumbline/contracts/${module}';\n`;
  const service = /import \* as service from/.test(withOn) ? '' : "import * as service from './service.ts';\n";
  return contract + service + withOn;
}

function addToService(root: string, module: string, act: string): void {
  const text = `
/** What it promises, and which refusals it gives. */
export async function ${act}(_ctx: Ctx, _input: object): Promise<Record<string, never>> {
  return refuse('request.not_found');
}
`;
  const file = `apps/server/src/modules/${module}/service.ts`;
  appendOrCreate(root, file, text);
}

function appendOrCreate(root: string, file: string, text: string): void {
  const imports: [RegExp, string][] = [
    [/import type \{[^}]*\bCtx\b/, "import type { Ctx } from '../../platform/ctx.ts';\n"],
    [/import \{[^}]*\brefuse\b/, "import { refuse } from '../../platform/errors.ts';\n"],
  ];
  change(root, file, (old) => {
    const missing = imports.filter(([pattern]) => !pattern.test(old)).map(([, line]) => line);
    return missing.join('') + old + text;
  });
}
