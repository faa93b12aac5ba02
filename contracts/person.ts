import { AT, DOT, mayHoldEMail } from './redact.ts';

/** A telephone number in its international form. */
export const PHONE = /(^|[\s(:'"])\+\d{1,3}[ \d()./-]{6,18}\d\b/g;
/** What stands before the number of a desk. */
const OF_A_DESK =
  /\b(?:call|phone|dial|hotline|support|contact\w*|reach|tel|telefon\w*|rufen|anrufen|kundendienst|t[ée]l[ée]phone\w*|appel\w*|joignable|ll[áa]m\w*|tel[ée]fono|lig(?:ue|ar)|chiam\w*|bel(?:len)?)\b[^.\n]{0,40}$/i;

/** Where a telephone number stands that the sender did not name and that is no desk's, or -1. */
export function phoneAt(text: string, said: string): number {
  if (!text.includes('+')) return -1;
  for (const { 0: number, index } of text.matchAll(PHONE))
    if (!OF_A_DESK.test(text.slice(0, index)) && !said.includes(number.trim())) return index;
  return -1;
}

/** By the first digits of the large issuers; in fours, as on the card, or in one piece. */
const CARD = /\b(?:(?:4\d{3}|5[1-5]\d{2}|2[2-7]\d{2}|6011)([ -]?)\d{4}\1\d{4}\1\d{4}|3[47]\d{2}([ -]?)\d{6}\2\d{5})\b/g;

/** Where the number of a payment card stands that the sender did not name, or -1. */
export function cardAt(text: string, said = ''): number {
  for (const { 0: number, index } of text.matchAll(CARD))
    if (isChecked(number.replace(/\D/g, '')) && !said.includes(number)) return index;
  return -1;
}

/** H. P. Luhn's check of a number's digits. */
function isChecked(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** ISO 13616: country, two check digits, and the account, in fours or in one piece. */
const IBAN =
  /\b(?:A[DELTZ]|B[AEGHRY]|C[HRYZ]|D[EKO]|E[EGS]|F[IOR]|G[BEILRT]|H[RU]|I[ELQST]|JO|K[WZ]|L[BCITUV]|M[CDEKRTU]|N[LO]|P[KLST]|QA|R[OS]|S[ACEIKMTV]|T[LNR]|UA|V[AG]|XK)\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?\b/g;

/** Where the number of a bank account stands that the sender did not name, or -1. */
export function accountAt(text: string, said: string): number {
  for (const { 0: number, index } of text.matchAll(IBAN))
    if (isOfBank(number.replace(/ /g, '')) && !said.includes(number)) return index;
  return -1;
}

/** The remainder by 97 of the number with its first four characters last, and letters as 10 to 35. */
function isOfBank(number: string): boolean {
  let rest = 0;
  for (const character of number.slice(4) + number.slice(0, 4))
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

const E_MAIL = new RegExp(String.raw`[\w.+%'-]{1,64}?${AT}[\w-]{1,63}(?:${DOT}[\w-]{1,63}){1,8}`, 'g');
const [AT_SIGNS, DOTS] = [new RegExp(AT, 'g'), new RegExp(DOT, 'g')];
/** Addresses of a desk or a program, and those that stand for any. */
const OF_NOBODY =
  /^(?:support|help|helpdesk|info|contact|hello|team|no-?reply|do-?not-?reply|service|security|sales|admin|api|dev|developers?|feedback|success|care|customer[\w.-]*|abuse|privacy|legal|billing|payments?|accounts?|accounting|orders?|returns|bookings?|reservations?|jobs|careers|hr|press|media|marketing|partners?|compliance|dpo|gdpr|office|mail|postmaster|webmaster|root|status|ops|kundenservice|kundendienst|kontakt|hilfe|anfrage|soporte|ayuda|contacto|atencion|ventas|pedidos|aide|assistance|commandes|assistenza|aiuto|contatti|resi|suporte|ajuda|contato|vendas|klantenservice|afspraak|user|username|name|you|your[\w.-]*|e?mail|someone|somebody|test|example|first[\w.-]*|j(?:ohn|ane)\.?doe)(?:[+_-][\w.-]*)?@/i;

/** Where the e-mail address of a person stands that the sender did not name, or -1. */
export function personAt(text: string, said = ''): number {
  if (!mayHoldEMail(text)) return -1;
  for (const { 0: written, index } of text.matchAll(E_MAIL)) {
    const address = written.replace(AT_SIGNS, '@').replace(DOTS, '.');
    if (!OF_NOBODY.test(address) && !said.includes(address)) return index;
  }
  return -1;
}
