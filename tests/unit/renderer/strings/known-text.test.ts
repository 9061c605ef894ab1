import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStrings } from '../../../../renderer/strings/create-strings.ts';
import { faultStrings } from '../../../../renderer/strings/en/faults.ts';
import { noteStrings } from '../../../../renderer/strings/en/notes.ts';
import { refusalStrings } from '../../../../renderer/strings/en/refusals.ts';
import { faultText } from '../../../../renderer/strings/fault-text.ts';
import { createReader, toldOr } from '../../../../renderer/strings/known-text.ts';
import { deskErrorOf } from '../../../../main/desk/requests/desk-error-of.ts';
import { checkCommand } from '../../../../gateway/commands/decide-command.ts';
import type { Entry } from '../../../../renderer/strings/message.ts';
import { noteText } from '../../../../renderer/features/health/note-words.ts';

const english = createStrings('en', []);
const chinese = createStrings('zh-CN', []);

describe('texts that others write in English', () => {
  const read = createReader({ ...refusalStrings, ...faultStrings, ...noteStrings });

  it('are known by their sentence, and what stands in its places is taken as it is', () => {
    const text = 'Ana $& {name} (night) is on this case already.';
    expect(read(text, english.tell)).toEqual({ key: 'refusal.onCase', params: { name: 'Ana $& {name} (night)' } });
    expect(toldOr(read, text, chinese.tell)).toBe('Ana $& {name} (night) 已在处理此工单。');
  });

  it('are known in either plural form, and counted as a number', () => {
    expect(toldOr(read, 'rpc.example is 1 block behind', chinese.tell)).toBe('rpc.example 落后 1 个区块');
    expect(toldOr(read, 'rpc.example is 12 blocks behind', english.tell)).toBe('rpc.example is 12 blocks behind');
  });

  it('stay as they were written where no sentence fits', () => {
    for (const text of ['', 'The moon is full.', 'is on this case already.', '{name} is on this case']) {
      expect(read(text, english.tell)).toBeNull();
      expect(toldOr(read, text, chinese.tell)).toBe(text);
    }
  });

  it('never fail, and change nothing in English, whatever is written', () => {
    const written = [noteStrings, refusalStrings, faultStrings].flatMap((part) => Object.values<Entry>(part));
    const texts = written.flatMap((entry) =>
      typeof entry === 'string'
        ? [entry.replace('{count}', '20')]
        : [entry.other.replace('{count}', '2'), entry.one?.replace('{count}', '1') ?? ''],
    );
    const anything = fc.oneof(fc.string(), fc.constantFrom(...texts));
    fc.assert(fc.property(anything, (text) => toldOr(read, text, english.tell) === text));
  });
});

describe('why a command was refused', () => {
  const refused = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('nothing was refused');
  };
  const command = { id: crypto.randomUUID(), store: 'main', order: 'ord', name: 'override-verdict', args: {} };

  it('is said with the action and the roles by their names', () => {
    const message = refused(() => checkCommand(command, 'staff'));
    expect(faultText(message, chinese.tell)).toBe('“改判”需要管理员角色；本终端是店员。');
    expect(faultText(message, english.tell)).toBe('"Override" needs the role Admin; this desk has Staff.');
    expect(faultText(message.replace('override-verdict', 'constructor'), chinese.tell)).toContain('“constructor”');
  });

  it('is said also of a command that the gateway does not know', () => {
    const message = refused(() => checkCommand({ ...command, name: 'dance' }, 'admin'));
    expect(faultText(message, chinese.tell)).toBe('此网关不认识命令“dance”。');
  });
});

describe('why the device could not do something', () => {
  it.each(['forbidden', 'bad-code', 'revoked', 'rate-limited'])('is said in Chinese: %s', (code) => {
    const { message } = deskErrorOf({ kind: 'answer', status: 403, error: { code, message: 'x' } } as never);
    expect(faultText(message, chinese.tell)).toMatch(/\p{Script=Han}/u);
    expect(faultText(message, english.tell)).toBe(message);
  });
});

describe('what a line has to say for itself', () => {
  it('is said node by node, and what is of no known form as it was written', () => {
    const note = 'a.example:8545 cannot be reached; b.example sings; c.example did not answer within 5 s';
    expect(noteText(note, chinese.tell)).toBe('无法连接 a.example:8545；b.example sings；c.example 在 5 秒内没有应答');
    expect(noteText(note, english.tell)).toBe(note);
  });

  it('is said of a list that fails with the reason, and of every key by its settings', () => {
    const note = 'its list alone fails: refused the API key (403): check apiKeyId, apiKeySecret';
    expect(noteText(note, chinese.tell)).toBe(
      '仅其列表查询失败：拒绝了 API 密钥（403）：请检查 apiKeyId, apiKeySecret',
    );
    expect(noteText(note, english.tell)).toBe(note);
    expect(noteText('its certificate is not trusted (CERT_HAS_EXPIRED)', chinese.tell)).toBe(
      '其证书不受信任（CERT_HAS_EXPIRED）',
    );
  });

  it('says chains by their names', () => {
    const note = 'a.example is on chain eip155:137, not eip155:1; it is not used';
    expect(noteText(note, english.tell)).toBe('a.example is on chain Polygon, not Ethereum; it is not used');
    expect(noteText('unreachable (ECONNREFUSED)', chinese.tell)).toBe('无法连接（ECONNREFUSED）');
  });
});
