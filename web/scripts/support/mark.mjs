export const brand = '#0b6460';

/** Three houses in a row that share walls: the terrace. */
export const mark = (colour) => `
  <g fill="none" stroke="${colour}" stroke-width="6" stroke-linejoin="round" stroke-linecap="round">
    <path d="M14 78V44l18-16 18 16v34"/>
    <path d="M50 44l18-16 18 16v34"/>
    <path d="M8 78h84"/>
    <path d="M32 78V60"/><path d="M68 78V60"/>
  </g>`;
