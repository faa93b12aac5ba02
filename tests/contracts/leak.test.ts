import { describe, expect, it } from 'vitest';
import { leakIn } from '../../contracts/leak.ts';

describe('a text to clients', () => {
  it.each([
    ['stack-trace', 'TypeError: x is undefined\n    at BotService.resolve (/app/dist/bot.service.js:88:21)'],
    ['stack-trace', 'NullPointerException at com.fini.Api.handle(Api.java:42)'],
    ['stack-trace', 'panic: boom goroutine 1 [running]: main.main()'],
    ['stack-trace', 'File "handlers/turn.py", line 3, in handle'],
    ['stack-trace', 'Undefined index in index.php on line 12'],
    ['stack-trace', "app.rb:12:in `call'"],
    ['query', 'SELECT "id" FROM "bots" WHERE "id" = $1'],
    ['query', 'failed: select id, name from bots where id = 3'],
    ['query', 'UPDATE interactions SET status = 1'],
    ['query', 'relation "interactions" does not exist'],
    ['query', 'PrismaClientKnownRequestError: P2002'],
    ['file-path', "ENOENT: no such file or directory, open '/etc/fini/config'"],
    ['file-path', 'cannot load C:\\inetpub\\wwwroot\\web.config'],
    ['secret', 'could not connect to postgres://fini:hunter2@db/main'],
    ['secret', 'OPENAI_API_KEY=abcd'],
    ['secret', 'password: hunter2a99'],
    ['secret', 'Authorization: Bearer abcdef1234567890abcd'],
    ['secret', 'unknown key fini_abcdefghijklmnop1234'],
    ['inner-address', 'connect ECONNREFUSED 10.2.3.4:5432'],
    ['inner-address', 'no route to db.prod.internal'],
    ['prompt', 'System prompt: You are Fini.'],
    ['person', 'This key of ann.lee@acme.io has expired'],
    ['person', 'duplicate entry <jo+shop@mail.acme.co.uk>'],
    ['stack-trace', '** (MatchError) no match (fini 1.4.2) lib/fini/bots.ex:41: Fini.Bots.get!/1'],
    ['query', 'Neo.ClientError.Statement.SyntaxError: Invalid input'],
    ['query', 'failed: MATCH (b:Bot {id: $id}) RETURN b'],
    ['query', 'index_not_found_exception: no such index [conversations]'],
    ['query', 'command {"find":"bots"} failed'],
    ['query', "Duplicate entry '7' for key 'bots.id'"],
    ['secret', 'https://fini.s3.amazonaws.com/7.json?X-Amz-Signature=9f8e7d6c5b4a39281706'],
    ['inner-address', 'dial tcp [fd12:3456:789a::17]:5432: connect: connection refused'],
    ['inner-address', 'no route to fe80::1ff:fe23:4567:890a'],
    ['inner-address', 'arn:aws:iam::418273645012:role/fini-api is not authorized'],
    ['inner-address', 'Permission denied on projects/fini-prod/secrets/openai'],
    ['person', 'A conversation with +49 170 1234567 is open already'],
    ['person', 'The card 4111 1111 1111 1111 was declined'],
    ['person', 'The card 378282246310005 was declined'],
  ])('with a %s: %s', (kind, text) => expect(leakIn(text)?.kind).toBe(kind));

  it.each([
    'content should not be empty',
    'Cannot POST /v2/hc-interactions/events/public',
    'Invalid API key. Send Authorization: Bearer <key>.',
    'Bearer authentication required',
    'Unexpected token } in JSON at position 12',
    'Please select an agent from the list.',
    'Update the role: set it to user',
    'since must be before until (2026-01-01T12:30:00Z)',
    'see https://docs.usefini.com/api/errors.php',
    '/events/0/content must be string',
    'The request failed with status 500 at 12:30.',
    'Your session will expire at noon (12:30).',
    'api_key: missing',
    'Contact support@usefini.com or no-reply+7@usefini.com.',
    'email must be an address such as name@example.com',
    'cannot parse @handle, user@localhost or 3@4',
    'Call our hotline: +49 30 1234567.',
    'Contact support at +1 (415) 555-0100',
    'No order 4111 1111 1111 1112',
    'No order 1234567812345670',
    'The request matched (a) and will return later',
    'The commands are find and count; face the facts: none of them works at 10:20:30',
    'Die Anfrage konnte leider nicht verarbeitet werden. Bitte prüfen Sie Ihre Eingabe.',
  ])('without a leak: %s', (text) => expect(leakIn(text)).toBeUndefined());

  it('may quote what its sender said', () => {
    const said = 'My query is SELECT id FROM orders';
    expect([leakIn(`Bad content: ${said}`, said), leakIn(said, 'else')?.kind]).toEqual([undefined, 'query']);
    expect(leakIn('Unknown customer ann.lee@acme.io', '{"email":"ann.lee@acme.io"}')).toBeUndefined();
  });
});
