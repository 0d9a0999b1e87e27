// A pool of connections. Every statement is named and so prepared once a connection; values go as text and come as
// text, and what is a number or an instant is read here.
import pg from 'pg';

const types = { int8: 20, date: 1082, timestamptz: 1184 };

// `2026-01-05 10:00:00.25+00` → `2026-01-05T10:00:00.250000Z`; the session's zone is UTC.
const readInstant = (text) =>
  `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(6, '0')}Z`;

pg.types.setTypeParser(types.int8, Number);
pg.types.setTypeParser(types.date, (text) => text);
pg.types.setTypeParser(types.timestamptz, readInstant);

export function openDatabase(url) {
  const pool = new pg.Pool({
    connectionString: url,
    max: Number(process.env.POOL ?? 8),
    options: '-c timezone=UTC',
    idleTimeoutMillis: 0,
  });
  return {
    async rows(name, text, values) {
      const result = await pool.query({ name, text, values });
      return result.rows;
    },
    close: () => pool.end(),
  };
}
