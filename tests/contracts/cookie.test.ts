import { describe, expect, it } from 'vitest';
import { areOfProxies, isNamedAsSecret, namesOfCookies } from '../../contracts/cookie.ts';

describe('the names of cookies', () => {
  it.each([
    ['a=b', '[cookie] a'],
    ['sid=abc; Path=/; HttpOnly', '[cookie] sid'],
    ['AWSALB=x/y; Expires=Mon, 07 Dec 2026 10:00:00 GMT; Path=/, AWSALBCORS=z; Secure', '[cookie] AWSALB AWSALBCORS'],
    ['auth=[key]; Path=/', '[cookie] auth [key]'],
    ['', '[cookie]'],
    ['=b', '[cookie]'],
  ])('of %s are %s', (header, kept) => {
    expect(namesOfCookies(header)).toBe(kept);
  });

  it.each([
    ['[cookie] AWSALB AWSALBCORS', true, false],
    ['[cookie] __cf_bm', true, false],
    ['[cookie] __cf_bm sid', false, false],
    ['[cookie] fini_api_key', false, true],
    ['[cookie] clientSecret', false, true],
    // As older ledgers have it.
    ['[cookie]', false, false],
  ])('%s: of proxies %s, of a secret %s', (kept, ofProxies, ofSecret) => {
    expect(areOfProxies(kept)).toBe(ofProxies);
    expect(isNamedAsSecret(kept)).toBe(ofSecret);
  });
});
