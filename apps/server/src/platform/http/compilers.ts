import { Ajv, type AnySchema, type ErrorObject } from 'ajv';
import addFormatsModule from 'ajv-formats';
import fastJson from 'fast-json-stringify';
import type { FastifySchema, FastifySchemaCompiler } from 'fastify';
import type { FastifySerializerCompiler } from 'fastify/types/schema.js';

// The package is CommonJS whose types describe an ES module.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

function newAjv(coerceTypes: 'array' | false): Ajv {
  const ajv = new Ajv({ allErrors: true, coerceTypes, useDefaults: true, removeAdditional: false, strict: false });
  addFormats(ajv);
  return ajv;
}

/** What comes as text is turned into the type that the contract names; JSON has to have the right types already. */
const forText = newAjv('array');
const forJson = newAjv(false);

interface Validator {
  (data: unknown): boolean;
  errors?: ErrorObject[] | null;
}

/** Compiles the contract's schemas for requests, each at its first use: a boot compiles none. */
export const validatorCompiler = compilerWith(forJson);

/** The same for forms with files, whose fields are all text. */
export const formValidatorCompiler = compilerWith(forText);

function compilerWith(forBody: Ajv): FastifySchemaCompiler<FastifySchema> {
  return ({ schema, httpPart }) => {
    const ajv = httpPart === 'body' ? forBody : forText;
    let compiled: Validator | undefined;
    const validate: Validator = (data) => {
      compiled ??= ajv.compile(schema as AnySchema);
      const valid = compiled(data);
      validate.errors = compiled.errors ?? null;
      return valid;
    };
    return validate;
  };
}

/** Compiles the contract's schemas for answers, at first use. What a schema does not declare is not written. */
export const serializerCompiler: FastifySerializerCompiler<FastifySchema> = ({ schema }) => {
  let write: ((data: unknown) => string) | undefined;
  return (data: unknown) => {
    write ??= fastJson(withNullable(schema) as Parameters<typeof fastJson>[0]);
    return write(data);
  };
};

/** `X or null` in the word that the writer has for it: a union it would have to validate for every value. */
function withNullable(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withNullable);
  if (!isObject(schema)) return schema;
  const { anyOf, ...rest } = Object.fromEntries(
    Object.entries(schema).map(([name, part]) => [name, withNullable(part)]),
  );
  if (anyOf === undefined) return rest;
  const [some, none, ...others] = anyOf as unknown[];
  const isNullable = isObject(some) && isObject(none) && none['type'] === 'null' && others.length === 0;
  return isNullable && typeof some['type'] === 'string' ? { ...rest, ...some, nullable: true } : { ...rest, anyOf };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
