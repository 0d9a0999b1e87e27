import type { Words } from '../words';
import type { ColumnOf } from './column';

/** Both directions of a column's order: first what a first press means, names from A and days from today. */
export function directionsOf<Item>({ field, orders }: ColumnOf<Item>): [string, string] {
  return orders === 'time' ? [`-${field}`, field] : [field, `-${field}`];
}

/** All that a list can be ordered by, in words. */
export function orderOptions<Item>(columns: readonly ColumnOf<Item>[], words: Words) {
  return columns.flatMap((column) => {
    const { field, orders } = column;
    if (!orders) return [];
    return directionsOf(column).map((value) => {
      const way = value.startsWith('-') ? 'Down' : 'Up';
      return { value, label: words(`${orders}${way}`, { column: words.ofColumn(field) }) };
    });
  });
}
