import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const renderer = path.resolve(import.meta.dirname, '../../../../renderer');
/** Attributes whose text people see or hear. */
const spoken = new Set([
  'aria-label',
  'aria-description',
  'title',
  'label',
  'placeholder',
  'alt',
  'description',
  'text',
]);
const hasWords = (text: string) => /\p{L}{2,}/u.test(text);

/** Texts in markup that did not come from the catalogue. */
function literalsIn(name: string, source: string): string[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && hasWords(node.text)) found.push(node.text.trim());
    if (ts.isJsxAttribute(node) && spoken.has(node.name.getText()) && node.initializer) {
      const value = ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (value && ts.isStringLiteralLike(value) && hasWords(value.text)) found.push(value.text);
    }
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) {
      const { expression } = node;
      if (expression && ts.isStringLiteralLike(expression) && hasWords(expression.text)) found.push(expression.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('strings', () => {
  const files = globSync('**/*.tsx', { cwd: renderer });

  it('looks at every component', () => {
    expect(files.length).toBeGreaterThan(30);
  });

  it.each(files)('%s takes every word from the catalogue', (file) => {
    expect(literalsIn(file, readFileSync(path.join(renderer, file), 'utf8'))).toEqual([]);
  });

  it('would find a text that did not', () => {
    expect(literalsIn('x.tsx', 'const a = <p title="Hello there">Some words{"more words"}</p>;')).toEqual([
      'Hello there',
      'Some words',
      'more words',
    ]);
  });
});
