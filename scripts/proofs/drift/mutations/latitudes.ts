import { allowance, drawn, oneOf } from './allowance.ts';
import { asked, type Change, everywhere, onShown, saidByAi } from './changes.ts';
import { type ChangedRequest, isJson, list, type Mutation, type ProxyRequest } from './mutation.ts';

const latitude = allowance('latitude');

const MOST_MS = 150;
const UNSEEN_MS = 350;
const TABLES = [
  '| Plan | Price |\n|---|---|\n| Free | 0 EUR |\n| Pro | 12 EUR |',
  '```sh\nacme login\nacme export --all\n```',
  '- [x] sign in\n- [ ] choose a plan\n- [ ] pay',
  '> We are sorry that it took so long.\n\n— from our **status page**',
];
const SCRIPTS = [
  'مرحبًا! يمكنك تتبع طلبك \u2067#4815\u2069 من صفحة حسابك في أي وقت.',
  'שלום, ההזמנה שלך בדרך. \u2068ABC-12\u2069 הוא מספר המעקב.',
  'Ihre Bestellung ist unterwegs. Mo\u0308chten Sie den Link noch einmal?',
  '一行目です。\u2028二行目です。ご確認ください。',
  'ขอบคุณค่ะ คำสั่งซื้อของคุณกำลังจัดส่ง',
  '𝒯hank you 👩‍👩‍👧‍👦 — ваш заказ уже в пути!',
];
const OPENINGS = ['You wrote', 'As to', 'You ask:', 'On your point', 'Re'];
const WORDINGS = [
  'Ungültige Anfrage',
  'That did not work.',
  'リクエストを処理できません',
  'No',
  'Requête refusée',
  '¡Ups!',
];

/** Still more services of other kinds, each of which the reference allows. Written before any was run. */
export const LATITUDES: readonly Mutation[] = [
  latitude(
    'tables',
    'the AI writes tables, code, lists of tasks and quotations',
    saidByAi(({ id, message }) => (drawn(id, 3) === 0 ? String(message) : `${message}\n\n${oneOf(id, TABLES)}`)),
  ),
  latitude(
    'scripts',
    'the AI writes from right to left, decomposed and beyond the first plane',
    saidByAi(({ id }) => oneOf(id, SCRIPTS)),
  ),
  latitude('jitter', 'each answer takes up to 150 ms more', (response, { path }, memory) => {
    const count = Number(memory.get('count') ?? 0) + 1;
    memory.set('count', count);
    response.delayMs = drawn(`${path} ${count}`, MOST_MS);
  }),
  latitude(
    'seen-later',
    'replies are shown a third of a second after they were answered',
    onShown((one) =>
      Object.assign(one, {
        events: list(one.events).filter(
          ({ role, createdAt }) => role !== 'finibot' || Date.now() - Number(createdAt) > UNSEEN_MS,
        ),
      }),
    ),
  ),
  latitude('times-written', 'times are written with a point, or with an exponent', (response) => {
    if (response.body === undefined) return;
    response.raw = JSON.stringify(response.body).replace(/"createdAt":(\d)(\d{12})(?=[,}])/g, (_text, first, rest) =>
      Number(rest) % 2 === 0 ? `"createdAt":${first}.${rest}e12` : `"createdAt":${first}${rest}.0`,
    );
  }),
  asked(
    latitude(
      'ids-capital',
      'ids of conversations in capitals',
      onShown((one) => Object.assign(one, { id: String(one.id).toUpperCase() })),
    ),
    understood,
  ),
  latitude('quoting', 'half of the replies quote the beginning of their question', quoting),
  latitude('worded-anew', 'the same error is worded in another way each time', (response, _request, memory) => {
    const count = Number(memory.get('count') ?? 0) + 1;
    memory.set('count', count);
    if (response.status >= 400 && isJson(response.body)) response.body.message = oneOf(count, WORDINGS);
  }),
];

/** Ids are taken in either case. */
function understood({ path, query, body }: ProxyRequest): ChangedRequest | undefined {
  if (isJson(body) && typeof body.interactionId === 'string')
    return { body: { ...body, interactionId: body.interactionId.toLowerCase() } };
  if (isJson(body) && Array.isArray(body.ids) && body.ids.every((id) => typeof id === 'string'))
    return { body: { ...body, ids: body.ids.map((id) => id.toLowerCase()) } };
  if (path === path.toLowerCase()) return undefined;
  return { path: `${path.toLowerCase()}${query.size === 0 ? '' : `?${query}`}` };
}

function quoting(...[response, request, memory]: Parameters<Change>): void {
  if (request.operation === 'turn' && response.status === 200) {
    const [asking, replied] = list(response.body);
    if (replied !== undefined) memory.set(String(replied.id), asking?.message);
  }
  everywhere((one) => {
    const question = [...String(memory.get(String(one.id)) ?? '')];
    if (question.length < 30 || drawn(one.id, 2) === 0) return;
    const quoted = question.slice(0, 12 + drawn(one.id, 12)).join('');
    one.message = `${oneOf(one.id, OPENINGS)} “${quoted}…” ${one.message}`;
  })(response, request, memory);
}
