import { expect, test } from 'vitest';
import { redactBody } from '../../../../gateway/store/redact-body.ts';

const redacted = (body: string, needles: string[] = []): string =>
  Buffer.from(redactBody(Buffer.from(body), needles)).toString('utf8');

test('[AU4] personal fields and known texts go, amounts and states keep their exact form', () => {
  const body = `{"id":"p1","amount":12345678901234567890.10,"status":"paid","customer":{"name":"Ada","age":7},
    "metadata":{"orderId":"1"},"buyerEmail":"a@b.c","description":"for ADA KING","ADA KING":true}`;
  expect(redacted(body, ['Ada King'])).toBe(
    '{"id":"p1","amount":12345678901234567890.10,"status":"paid","customer":{"name":"[erased]","age":"[erased]"},' +
      '"metadata":{"orderId":"[erased]"},"buyerEmail":"[erased]","description":"[erased]","[erased]":true}',
  );
});

test('[AU4] the address of a coin is no personal field', () => {
  expect(redacted('{"address":"bc1q","city":"Paris"}')).toBe('{"address":"bc1q","city":"[erased]"}');
});

test('[AU4] what is no JSON goes as a whole', () => {
  expect(redacted('name=Ada&email=ada')).toBe('[erased]');
});
