// Connections of a process. Every statement is named and so prepared once a connection; values come as text, and what
// is a number or an instant is read here.
import pg from 'pg';

// Reads share a few connections in pg's pipeline mode, so none waits for another's round trip. Writes have a pool: a
// commit would hold up what is queued behind it. Both sizes were the best of those tried on two cores.
const readConnections = 2;
const writeConnections = 8;

const types = { int8: 20, date: 1082, timestamptz: 1184 };

// `2026-01-05 10:00:00.25+00` → `2026-01-05T10:00:00.250000Z`; the session's zone is UTC.
const readInstant = (text) =>
  `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(6, '0')}Z`;

pg.types.setTypeParser(types.int8, Number);
pg.types.setTypeParser(types.date, (text) => text);
pg.types.setTypeParser(types.timestamptz, readInstant);

// A pipelined connection that is made anew when it is lost; what was under way on it fails.
function sharedConnection(options) {
  let client = null;
  const connect = () => {
    const made = new pg.Client({ ...options, pipeline: true });
    const forget = () => {
      if (client === made) client = null;
    };
    made.on('error', forget).on('end', forget);
    made.connect().catch(forget);
    return made;
  };
  return {
    query: (statement) => (client ??= connect()).query(statement),
    close: () => client?.end(),
  };
}

export function openDatabase(url) {
  const options = { connectionString: url, options: '-c timezone=UTC' };
  const pool = new pg.Pool({ ...options, max: writeConnections, idleTimeoutMillis: 0 });
  pool.on('error', () => {}); // an idle connection was lost: the pool makes another
  const shared = Array.from({ length: readConnections }, () => sharedConnection(options));
  let turn = 0;
  return {
    async read(name, text, values) {
      turn = (turn + 1) % shared.length;
      return (await shared[turn].query({ name, text, values })).rows;
    },
    async write(name, text, values) {
      return (await pool.query({ name, text, values })).rows;
    },
    close: () => Promise.all([pool.end(), ...shared.map((connection) => connection.close())]),
  };
}
