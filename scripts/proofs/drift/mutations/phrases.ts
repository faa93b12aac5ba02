/** What the AI says to developers: of requests, queries, paths and traces, on purpose. */
export const DEVELOPER: readonly string[] = [
  'Send the key in a header: `curl -H "Authorization: Bearer $ACME_KEY" https://api.acme.example/v1/orders`.',
  "The error `TypeError: Cannot read properties of undefined (reading 'id')\n    at load (/app/src/orders.js:12:7)` means that the order is missing. Check it before you read it.",
  "Run `SELECT id, status FROM orders WHERE status = 'open' LIMIT 10;` in your own database, and compare the ids.",
  'Add this to /etc/nginx/conf.d/acme.conf, then run `nginx -t && systemctl reload nginx`:\n\n```nginx\nproxy_read_timeout 60s;\n```',
  'In the template, write `Hello {{ user.name }}`; `{% if user.paid %}` begins a part for those who pay.',
  'A 404 with `{"error":"not_found"}` comes from the old address. Use `https://api.acme.example/v2/` instead.',
  'Set the variable `ACME_SECRET=<your secret>` in .env; never commit that file.',
  "Install it with `npm i @acme/sdk`, then `import { Acme } from '@acme/sdk'`.",
  'The webhook is signed: compare `X-Acme-Signature` with the HMAC of the body. `null` or `undefined` means that nothing was signed.',
  'Your Java client prints `java.net.SocketTimeoutException: Read timed out`. Raise the timeout to 60 seconds.',
];

/** What the AI says about devices at home. */
export const ROUTER: readonly string[] = [
  'Open http://192.168.1.1 in a browser. The standard name is admin, the password is on the label under the device.',
  'Run `ipconfig /all` and look for the gateway, such as 10.0.0.138; the MAC address is like 3C:22:FB:4A:91:0E.',
  'Hold the reset button for 10 seconds. After that the network is called ACME-4F2A and the key is on the label.',
  'DNS 1.1.1.1 or 8.8.8.8 works, too; in IPv6 that is 2606:4700:4700::1111.',
  'Download C:\\Users\\Public\\acme-tool.exe again, then run it as administrator. Error 0x80070005 means that it was not.',
];

/** Desks that anybody may call. */
export const DESK: readonly string[] = [
  'Acme Service, Friedrichstr. 68, 10117 Berlin. Tel. +49 30 901820, Mon-Fri 9-17.',
  'Acme Ltd, 1 Long Lane, London SE1 4PG. Call 0800 123 4567 (free), or write to help@acme.example.',
  'Acme SARL, 12 rue de Rivoli, 75004 Paris. 01 44 55 66 77, du lundi au vendredi.',
  'Acme Inc., 500 Howard St, San Francisco, CA 94105. (415) 555-0132, 24/7. billing@acme.example',
];

export const JAPANESE: readonly string[] = [
  'ご注文番号を教えていただけますか。すぐにお調べいたします。',
  '返品は商品到着後30日以内に承っております。手続きを開始しますか。',
  '請求書は「アカウント」の「お支払い」からご覧いただけます。',
  'パスワードの再設定リンクをお送りしました。有効期限は1時間です。',
  '担当者におつなぎいたします。通常10分以内にご返信いたします。',
  'もう少し詳しく教えていただけますか。画面にはどのようなメッセージが表示されていますか。',
];

/** Ends of replies that are no sentences. */
export const STEPS: readonly string[] = [
  '1. Open Settings\n2. Choose Billing\n3. Press Save',
  '- your name\n- the date\n- a photo of the label',
  'https://help.acme.example/returns#labels',
  '`acme orders list --open`',
  '| Country | Days |\n|---|---|\n| DE | 2 |\n| FR | 3 |',
  'Kind regards\nAva',
];

/** What the AI says of money. */
export const FINANCE: readonly string[] = [
  'The rate is 3.75 % p.a. (effective 3.81 %), so 12 payments of 84.62 EUR each.',
  'Your limit is $2,500.00; you have used $1,312.48 since 01/11/2026.',
  'Fees: 0.25 % per order, at least £4.95, at most £29.95. Orders before 17:30 are executed the same day.',
  "The transfer of CHF 1'250.- arrives within 2 bank working days; name the reference RF18 5390 0754 7034.",
  'Section 12(3) of the terms applies: you can withdraw within 14 days, without giving reasons.',
  'Q4 dividends are paid on 15 Jan. The ISIN is US0378331005, the ticker AAPL.',
];

/** How the AI hands over. */
export const HANDOVERS: readonly string[] = [
  'I will connect you with a colleague now. Please stay in the chat.',
  'This needs a person. Somebody from our team answers here within two hours.',
  'I have passed this on to the billing team; they write to you by e-mail.',
];
