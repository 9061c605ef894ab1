/** The contract's zod schemas as JSON Schema, each once, referring to each other by name. */
import { z } from 'zod';

export type NamedSchemas = Readonly<Record<string, z.ZodType>>;
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * What may be sent, not what is left after reading: unknown fields are ignored everywhere, so none are forbidden.
 * @param shared schemas that others are made of; they are referred to wherever they occur
 * @param base where the schemas will stand, such as `#/$defs/`
 */
export function jsonSchemas(schemas: NamedSchemas, shared: NamedSchemas, base: string): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  const all = new Map<z.ZodType, string>();
  for (const [id, schema] of Object.entries({ ...shared, ...schemas })) {
    if (!all.has(schema)) registry.add(schema, { id });
    all.set(schema, all.get(schema) ?? id);
  }
  const { schemas: generated } = z.toJSONSchema(registry, { io: 'input', uri: (id) => base + id });
  const named: Record<string, JsonSchema> = {};
  for (const [id, schema] of Object.entries({ ...shared, ...schemas })) {
    const first = all.get(schema) ?? id;
    named[id] = first === id ? withoutNames(generated[id]) : { $ref: base + first };
  }
  return named;
}

/** Every schema stands in one document, so that its own name and dialect are said there. */
function withoutNames(schema: object | undefined): JsonSchema {
  return Object.fromEntries(Object.entries(schema ?? {}).filter(([key]) => key !== '$id' && key !== '$schema'));
}

/** A JSON Schema document that holds named schemas. @param descriptions by the schemas' names */
export function schemaDocument(
  [title, description]: readonly [title: string, description: string],
  schemas: NamedSchemas,
  shared: NamedSchemas,
  descriptions: Readonly<Record<string, string>> = {},
) {
  const named = Object.entries(jsonSchemas(schemas, shared, '#/$defs/'));
  const described = ([name, schema]: [string, JsonSchema]): [string, JsonSchema] => {
    const says = descriptions[name];
    return [name, says === undefined ? schema : { description: says, ...schema }];
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    description,
    $defs: Object.fromEntries(named.map(described)),
  };
}
