import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { check } from 'k6';
import event from '../../contracts/api/event.schema.json';
import events from '../../contracts/api/events.schema.json';
import { options, post } from './post.js';

// The common way to check schemas in k6: every VU compiles its own validators.
const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv);
ajv.addSchema(event);
const validate = ajv.compile(events);

export { options };
export default function runTimeAjv() {
  const response = post();
  check(response, { 'keeps the contract': (it) => validate(it.json()) });
}
