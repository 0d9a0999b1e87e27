// Texts as search sees them: the folded words of names, and phones in E.164.
const mostWords = 6;
const last = '\u{10FFFF}';
const isAscii = /^[\x00-\x7f]*$/; // eslint-disable-line no-control-regex
const accents = /[\u0300-\u036f\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc]/g;
const isDigits = /^[0-9]+$/;

const backwards = (digits) => `<${[...digits].reverse().join('')}`;

function words(text) {
  if (isAscii.test(text)) return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const folded = text.normalize('NFKC').toLowerCase().replaceAll('ß', 'ss').normalize('NFKD');
  return folded.replace(accents, '').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

// Lower case, without accents, words apart by one blank.
export const fold = (text) => words(text).join(' ');

// The words of the name; of a phone its digits, those without India's 91, and all of them backwards after `<`.
export function tokensOf({ name, phone }) {
  const tokens = new Set(words(name));
  if (!phone) return tokens;
  const digits = phone.slice(1);
  tokens.add(digits).add(backwards(digits));
  if (digits.length === 12 && digits.startsWith('91')) tokens.add(digits.slice(2));
  return tokens;
}

// For each word of a search the ranges of tokens that match it; longest words first, six at most.
export function searchRanges(text) {
  const asked = [...new Set(words(text))];
  asked.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return asked.slice(0, mostWords).map((word) => {
    if (!isDigits.test(word)) return [[word, word + last]];
    const number = word.length === 11 && word.startsWith('0') ? word.slice(1) : word;
    return [number, backwards(number)].map((from) => [from, from + last]);
  });
}

function indian(national) {
  return national.length === 10 && national[0] !== '0' ? `+91${national}` : null;
}

export function toE164(typed) {
  const plus = typed.startsWith('+');
  const digits = typed.slice(plus ? 1 : 0).replace(/[ \-.()]/g, '');
  if (!isDigits.test(digits)) return null;
  if (plus && digits.startsWith('91')) return indian(digits.slice(2));
  if (plus)
    return digits.length >= 7 && digits.length <= 15 && digits[0] !== '0' ? `+${digits}` : null;
  for (const [size, prefix] of [
    [14, '0091'],
    [12, '91'],
    [11, '0'],
  ])
    if (digits.length === size && digits.startsWith(prefix))
      return indian(digits.slice(prefix.length));
  return indian(digits);
}
