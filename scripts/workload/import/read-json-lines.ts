import { parseJson } from '../../../contracts/parse-json.ts';
import { isRecord } from '../../http/stored-conversation.ts';
import { checkedLines } from './checked-lines.ts';
import { columnsOf, type Row, rowReader } from './row.ts';
import type { SaidMessage } from './said-message.ts';
import { lineError, type SourceFile } from './source-file.ts';

/**
 * Messages of a JSON Lines file: an object a line, with the columns as its properties.
 * @throws HarnessError (2) that names the first line that is wrong
 */
export async function* readJsonLines(file: SourceFile): AsyncGenerator<SaidMessage> {
  const read = rowReader(file);
  let isEmpty = true;
  for await (const { bytes, line: from } of checkedLines(file)) {
    for (const [index, text] of bytes.toString().split('\n').entries()) {
      if (text.trim() === '') continue;
      isEmpty = false;
      yield read(rowOf(text, file, from + index), from + index);
    }
  }
  if (isEmpty) throw lineError(file, 1, 'the file is empty');
}

function rowOf(text: string, file: SourceFile, line: number): Row {
  const json = parseJson(text);
  if (!json.ok) throw lineError(file, line, 'is not valid JSON');
  const { value } = json;
  if (!isRecord(value) || Array.isArray(value)) throw lineError(file, line, 'is not a JSON object');
  const names = Object.keys(value);
  const columns = columnsOf(names);
  if ('trouble' in columns) throw lineError(file, line, columns.trouble);
  return Object.fromEntries(columns.map((column, index) => [column, value[names[index] ?? '']])) as Row;
}
