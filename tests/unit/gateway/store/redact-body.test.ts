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

test('[AU4] what a body itself calls the customer goes out of its other texts, and so does any e-mail', () => {
  const body =
    '{"id":"p1","description":"For Ada King, by hand","note":"ask ada@king.example","metadata":{"customer_name":"Ada King"},' +
    '"recipient":"Main street","shop":{"name":"For Ada"},"reference":"A-1041@2"}';
  expect(redacted(body)).toBe(
    '{"id":"p1","description":"[erased]","note":"[erased]","metadata":{"customer_name":"[erased]"},' +
      '"recipient":"Main street","shop":{"name":"For Ada"},"reference":"A-1041@2"}',
  );
  expect(redacted(redacted(body))).toBe(redacted(body));
});

test('[AU4] what somebody is called by in three letters stands in too many texts', () => {
  expect(redacted('{"customer_name":"Ada","description":"adaptor"}')).toBe(
    '{"customer_name":"[erased]","description":"adaptor"}',
  );
});
