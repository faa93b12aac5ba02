/** Words of names of channels. Any other name comes from a workspace, where it may be that of a person. */
const WORDS = new Set(
  [
    'api app bot call chat chatbot contact default desk desktop discord email embed external facebook fax form forum',
    'freshchat freshdesk gmail google gorgias help helpdesk hubspot in inapp inbox instagram intercom internal ios android',
    'kustomer linkedin live livechat mail main messenger microsoft mobile ms none outlook phone portal public reddit replay',
    'salesforce sdk service shop shopify site slack sms social support teams telegram test testsuite ticket tiktok twilio',
    'twitter unknown viber voice web webapp webchat webform webhook website wechat whatsapp widget youtube zendesk zoho',
  ].flatMap((line) => line.split(' ')),
);

export const OTHER_CHANNEL = 'other';

/** A name of a channel that can tell of no person: of known words alone, or none at all. */
export function channelName(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s._-]+/);
  return name === '' || words.every((word) => WORDS.has(word)) ? name : OTHER_CHANNEL;
}
