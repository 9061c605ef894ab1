/**
 * Indents JSON by its text alone: parsing and writing it again would change numbers beyond 2^53, and this is evidence.
 * What is not JSON is returned as it is.
 */
export function prettyBody(body: string): string {
  if (!isJson(body)) return body;
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  const tokens = body.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  return tokens
    .map((token, n) => {
      const next = tokens[n + 1];
      const before = tokens[n - 1];
      if (token === '{' || token === '[') {
        if (next === '}' || next === ']') return token;
        depth += 1;
        return token + line();
      }
      if (token === '}' || token === ']') {
        if (before === '{' || before === '[') return token;
        depth -= 1;
        return line() + token;
      }
      if (token === ',') return token + line();
      return token === ':' ? ': ' : token;
    })
    .join('');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
