/** A statement after each answer. */
export const DISCLAIMERS: readonly string[] = [
  'This is general information and no legal advice.',
  'Please note: AI can make mistakes. Check important facts.',
  'For medical questions, ask a doctor.',
];

/** With code in several languages, and places to fill in. */
export const SAMPLES: readonly string[] = [
  'Install it first:\n\n```bash\nnpm i @acme/sdk\nexport ACME_KEY="$YOUR_KEY"\n```',
  'In Python:\n\n```python\nimport os\nclient = Acme(api_key=os.environ["ACME_KEY"])\nfor order in client.orders.list(limit=10):\n    print(f"{order.id}: {order.total:.2f}")\n```',
  'The workflow needs this step:\n\n```yaml\nenv:\n  ACME_KEY: $\x7b{ secrets.ACME_KEY }}\nsteps:\n  - run: acme deploy --env %ENV%\n```',
  'A webhook has this body:\n\n```json\n{ "type": "order.paid", "data": { "id": "ord_123", "customer": null } }\n```',
  'Use `<AcmeButton onClick={() => open()} />` where the button belongs.',
  'Try `SELECT id, total FROM orders WHERE paid = false ORDER BY id DESC LIMIT 10;` in the console.',
  'If it shows `Traceback (most recent call last): … KeyError: "ACME_KEY"`, the variable is not set.',
];

/** Lines that are much alike. */
export const HOURS: readonly string[] = [
  'Monday: 9–18\nTuesday: 9–18\nWednesday: 9–18\nThursday: 9–20\nFriday: 9–18\nSaturday: 10–14\nSunday: closed',
  'Paris: open\nLyon: open\nLille: open\nNice: open\nNantes: closed for works',
  'S: 86–91 cm\nM: 91–96 cm\nL: 96–101 cm\nXL: 101–106 cm\nXXL: 106–111 cm',
  'Step 1: press and hold. Step 2: press and hold again. Step 3: press once.',
];

/** As friends write. */
export const INFORMAL: readonly string[] = [
  'hey! sure thing, whats ur order no?',
  'no worries at all 😅 happens to the best of us',
  'yep, done!! anything else??',
  'hmm lemme check... one sec',
  'ok so basically u go to settings > privacy and hit export, thats it',
  'aww sorry bout that :( wanna return it?',
  'LOL yes that works too ;)',
  'nope, not yet, but soooon',
];

/** With formulas, units and signs. */
export const FORMULAS: readonly string[] = [
  'The rate is $r = (1 + i/12)^{12} - 1$, so 4.9 % a year are 5.01 %.',
  'Area = width × height: 2.4 m × 1.25 m = 3.0 m². You need 2 packs (1.8 m² each).',
  '\\(x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}\\) gives both results.',
  'At −5 °C the battery lasts about ⅔ as long; 20 ± 2 °C is best.',
  'If a ≤ b and b ≤ c, then a ≤ c; {1, 2} ∪ {3} = {1, 2, 3}.',
  'That is 1,299.00 € − 15 % = 1,104.15 € (incl. 19 % VAT).',
];

/** As pages are written. */
export const FOOTNOTES: readonly string[] = [
  '## Returns\n\n1. Open **Orders**\n   - choose the item\n   - choose a reason\n2. Print the label[^1]\n\n---\n\n[^1]: Not in the app.',
  '# Plans\n\n> Prices are without tax [1].\n\n*Free* · *Pro* · *Team*\n\n[1] https://acme.example/prices',
  '### Before you start\n\n* [ ] charge it\n* [ ] update it\n\nSee _Troubleshooting_ (p. 14).',
];

/** What one should not tell anybody. */
export const ADVICE: readonly string[] = [
  'We never ask for your password. Keys begin with `acme_live_`; do not send us yours, e.g. `acme_live_xxxxxxxxxxxxxxxx`.',
  'Change the password at once if it is one like "Summer2024!" or "password123".',
  'Two-factor codes such as 123 456 are valid for 30 seconds. Nobody from our team needs one.',
  'If a mail asks you to confirm your card, it is not from us: report it to phishing@acme.example.',
  'An access token belongs into a secret store, not into the code.',
];

/** About money. */
export const PAYMENTS: readonly string[] = [
  'To try it, use the test card 4242 4242 4242 4242 with any CVC and a date in the future.',
  'Please transfer the amount to our account: IBAN DE89 3704 0044 0532 0130 00, reference R-2048.',
  'The charge of 24.90 EUR on your card ending in 4242 is for the plan Pro.',
  'The invoice INV-2026-001842 of 2026-11-03 is due on 2026-12-03.',
  'We accept Visa, Mastercard, PayPal, SEPA and invoices (net 30).',
];

/** In languages that are written without blanks, and in others. */
export const EASTERN: readonly string[] = [
  '네, 도와드리겠습니다. 주문 번호를 알려 주시겠어요?',
  'ได้ค่ะ กรุณาแจ้งหมายเลขคำสั่งซื้อ เพื่อให้เราตรวจสอบสถานะให้',
  '好的，退款一般会在五个工作日内到账。还需要其他帮助吗？',
  '承知いたしました。お手数ですが、画面の右上にある「設定」を開いてください。',
  'ບໍ່ເປັນຫຍັງ. ກະລຸນາລອງໃໝ່ອີກຄັ້ງ.',
  '비밀번호는 설정 > 보안에서 변경할 수 있습니다.',
];
