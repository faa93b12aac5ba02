import { options, post } from './post.js';

export { options };
export default function bare() {
  post();
}
