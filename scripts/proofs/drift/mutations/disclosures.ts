import { BODY, expectation } from '../expectations.ts';
import { maker, saysUnder } from './changes.ts';
import type { Mutation } from './mutation.ts';

const critical = expectation('critical', BODY);
const made = maker('disclose');

/** What errors say of the service and of its customers. Written before any was run. */
export const DISCLOSURES: readonly Mutation[] = [
  made(
    'elixir',
    'a place in the code in Elixir under 500',
    critical,
    saysUnder(500, '** (MatchError) no match: nil (fini 1.4.2) lib/fini/bots.ex:41: Fini.Bots.get!/1'),
  ),
  made(
    'go',
    'a panic of Go under 500',
    critical,
    saysUnder(
      500,
      'panic: runtime error: index out of range [3]\n\ngoroutine 41 [running]:\nmain.(*Bot).Answer(0xc000)',
    ),
  ),
  made(
    'inner-ipv6',
    'an inner address of IPv6 under 500',
    critical,
    saysUnder(500, 'dial tcp [fd12:3456:789a::17]:5432: connect: connection refused'),
  ),
  made(
    'cloud-role',
    'the role of the service in its cloud under 500',
    critical,
    saysUnder(
      500,
      'arn:aws:sts::418273645012:assumed-role/fini-api-prod/i-0a1b2c is not authorized to perform bedrock:InvokeModel',
    ),
  ),
  made(
    'signed-url',
    'a signed URL of a store under 500',
    critical,
    saysUnder(
      500,
      'Failed to read https://fini-prod.s3.eu-west-1.amazonaws.com/bots/7.json?X-Amz-Credential=ASIA4EXAMPLEKEY7QZ2W%2F20261129&X-Amz-Signature=9f8e7d6c5b4a39281706f5e4d3c2b1a0',
    ),
  ),
  made(
    'customer-phone',
    'the phone number of a customer under 400',
    critical,
    saysUnder(400, 'A conversation with +49 170 1234567 is open already'),
  ),
  made(
    'graph-query',
    'a query of a graph database under 500',
    critical,
    saysUnder(500, 'Neo.ClientError.Statement.SyntaxError: MATCH (b:Bot {id: $id})-[:OWNS]->(c) RETURN c'),
  ),
  made(
    'store-command',
    'a command of the database under 500',
    critical,
    saysUnder(500, 'MongoServerError: command {"find":"bots","filter":{"_id":"7"},"$db":"fini"} failed'),
  ),
  made(
    'duplicate-customer',
    'the address of a customer from the database under 400',
    critical,
    saysUnder(400, "Duplicate entry 'ann.lee@example.com' for key 'customers.email'"),
  ),
];
