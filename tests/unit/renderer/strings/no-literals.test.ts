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
  'legend',
  'error',
  'caption',
  'subtitle',
  'nothingFoundMessage',
  'aria-roledescription',
  'aria-valuetext',
]);
const hasWords = (text: string) => /\p{L}{2,}/u.test(text);

/** Texts an expression can become: one of two, a fallback, or a sentence that is put together. */
function spokenIn(value: ts.Expression): string[] {
  if (ts.isParenthesizedExpression(value)) return spokenIn(value.expression);
  if (ts.isConditionalExpression(value)) return [...spokenIn(value.whenTrue), ...spokenIn(value.whenFalse)];
  if (ts.isBinaryExpression(value)) return [...spokenIn(value.left), ...spokenIn(value.right)];
  if (ts.isTemplateExpression(value)) {
    const parts = [value.head.text, ...value.templateSpans.map(({ literal }) => literal.text)];
    return parts.map((part) => part.trim()).filter(hasWords);
  }
  return ts.isStringLiteralLike(value) && hasWords(value.text) ? [value.text] : [];
}

/** Texts in markup that did not come from the catalogue. */
function literalsIn(name: string, source: string): string[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && hasWords(node.text)) found.push(node.text.trim());
    if (ts.isJsxAttribute(node) && spoken.has(node.name.getText()) && node.initializer) {
      const value = ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (value) found.push(...spokenIn(value));
    }
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) {
      const { expression } = node;
      if (expression) found.push(...spokenIn(expression));
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

  it('would find one that is chosen, a fallback, or put together', () => {
    const source = 'const a = <p title={x ? `Paid at ${y}` : (z ?? "never")}>{ok && "Done now"}</p>;';
    expect(literalsIn('x.tsx', source)).toEqual(['Paid at', 'never', 'Done now']);
  });

  it('would find a text that did not', () => {
    expect(literalsIn('x.tsx', 'const a = <p title="Hello there">Some words{"more words"}</p>;')).toEqual([
      'Hello there',
      'Some words',
      'more words',
    ]);
  });
});
