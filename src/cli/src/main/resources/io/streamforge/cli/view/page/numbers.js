// Numbers as text. What does not exist is a dash, as in the demo.

export const DASH = '–';

const forms = new Map();

function form(digits, sign) {
  const key = `${digits} ${sign}`;
  if (!forms.has(key)) {
    forms.set(key, new Intl.NumberFormat('en', {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: sign ? 'exceptZero' : 'negative',
    }));
  }
  return forms.get(key);
}

export function fixed(digits, { sign = false, unit = '', times = 1 } = {}) {
  return (value) =>
    value === null ? DASH : (form(digits, sign).format(value * times) + unit).replace('-', '−');
}

/** All of its digits, and no exponent. */
export function exact(value) {
  if (value === null) {
    return DASH;
  }
  const text = String(value);
  const [digits, exponent] = text.split('e');
  if (exponent === undefined) {
    const [whole, fraction] = text.split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
    return fraction === undefined ? grouped : `${grouped}.${fraction}`;
  }
  const decimals = (digits.split('.')[1] ?? '').length - Number(exponent);
  return value.toFixed(Math.min(Math.max(decimals, 0), 100));
}

/** Three digits that count, for axes and legends. */
export function short(value) {
  if (value === null) {
    return DASH;
  }
  const size = Math.abs(value);
  const text =
    size !== 0 && size < 1e-4
      ? value.toExponential(1)
      : new Intl.NumberFormat('en', { maximumSignificantDigits: 3, notation: 'compact' }).format(value);
  return text.replaceAll('-', '−');
}

const two = (number) => String(number).padStart(2, '0');

export function clockTime(us) {
  const time = new Date(us / 1000);
  return [time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds()].map(two).join(':');
}

export function dateTime(us) {
  const time = new Date(us / 1000);
  const date = [time.getUTCFullYear(), two(time.getUTCMonth() + 1), two(time.getUTCDate())];
  return `${date.join('-')} ${clockTime(us)} UTC`;
}
