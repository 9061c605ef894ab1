const secretNames = /secret|token|ticket|password|authorization|cookie|signature|private|pairing|^code$|^key$|^link$/i;
/** Keys of shops, pairing links, and codes in addresses, wherever they stand in a text. */
const secretTexts = /twk_[\w-]+|tillwatch:\/\/\S+|([?&](?:code|key|ticket|token)=)[^&\s"]+|(Bearer )[\w.~+/-]+=*/gi;

const hidden = '[hidden]';

/** Fields of a diagnostic line without what must not be in a log; a safety net, not a licence to log secrets [AU4]. */
export function redacted(fields: object): object {
  return cleaned(fields, 0) as object;
}

function cleaned(value: unknown, depth: number): unknown {
  if (typeof value === 'string') {
    return value.replace(secretTexts, (_all, query?: string, bearer?: string) => `${query ?? bearer ?? ''}${hidden}`);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 5) return hidden;
  if (Array.isArray(value)) return value.map((each) => cleaned(each, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, secretNames.test(name) ? hidden : cleaned(each, depth + 1)]),
  );
}
