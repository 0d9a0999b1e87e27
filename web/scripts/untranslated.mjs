/** Lists the messages that say in Hindi what they say in English: words of a new resource, until somebody says them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const messages = async (locale) =>
  JSON.parse(await readFile(path.join(import.meta.dirname, `../messages/${locale}.json`), 'utf8'));

/** Names, and words that stand in Latin letters in Hindi too. */
const SAME = /^((Terrace|Asha)( Clinic)?|English|हिन्दी|CSV|GST|[^A-Za-z]*)$/;

function* untranslated(english, hindi, at = '') {
  for (const [key, text] of Object.entries(english)) {
    if (typeof text === 'object') yield* untranslated(text, hindi[key] ?? {}, `${at}${key}.`);
    else if (text === hindi[key] && !SAME.test(text.replace(/\{[^}]*\}/g, '')))
      yield `${at}${key}: ${text}`;
  }
}

const found = [...untranslated(await messages('en'), await messages('hi'))];
if (found.length > 0) {
  console.log(`${found.length} messages wait for their Hindi in web/messages/hi.json:`);
  for (const line of found) console.log(`  ${line}`);
}
