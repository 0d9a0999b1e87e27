/** What Lighthouse found, as a page for people and as JSON for programs, with the commit and the machine: as bench/ keeps its own. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../../..');
const folder = path.join(repository, 'bench/results');

/** Asked for before anything is measured. */
export const loadBefore = os.loadavg()[0].toFixed(2);

/** Writes bench/results/<date>-<commit>-<scenario>.{json,md}, and returns their path without the ending. */
export async function keep({ slowed, runs, environment, pages, bars }) {
  const scenario = slowed ? 'lighthouse-slowed' : 'lighthouse-estimated';
  const at = new Date().toISOString().replace(/\.\d+Z$/, '+00:00');
  const facts = { scenario, at, commit: commit(), machine: machine(environment) };
  const result = { ...facts, runs, pages, bars };
  const file = path.join(folder, `${at.slice(0, 10)}-${facts.commit}-${scenario}`);
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.json`, `${JSON.stringify(result, null, 2)}\n`);
  await writeFile(`${file}.md`, text(result, slowed));
  return file;
}

/** Of the tree; `+` when what is measured differs from that. */
function commit() {
  const git = (...words) =>
    execFileSync('git', words, { cwd: repository, encoding: 'utf8' }).trim();
  const measured = ['src', 'migrations', 'web', 'deploy'];
  const changed = git('status', '--porcelain', '--', ...measured) ? '+' : '';
  return git('rev-parse', '--short=9', 'HEAD') + changed;
}

function machine({ lighthouse, browser, benchmarkIndex }) {
  const memory = Number(/\d+/.exec(readFileSync('/proc/meminfo', 'utf8'))[0]);
  return {
    CPU: os.cpus()[0].model,
    cores: String(os.cpus().length),
    memory: `${Math.floor(memory / 1024)} MB`,
    kernel: os.release(),
    'Node.js': process.version,
    Chromium: browser,
    Lighthouse: lighthouse,
    // How fast Lighthouse found it to be; a fast desktop has some 2,000.
    'benchmark index': String(benchmarkIndex),
    'load before': loadBefore,
  };
}

function text({ commit: of, at, machine: facts, runs, pages, bars }, slowed) {
  const columns = Object.keys(Object.values(pages)[0].median);
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rows = Object.entries(pages).map(([name, { median }]) =>
    line([name, ...Object.values(median)]),
  );
  const missed = bars
    .filter(({ holds }) => !holds)
    .map(({ what, measured, wanted }) => `- ${what}: ${measured} (${wanted})`);
  const how = slowed ? 'slowed down while they load' : 'estimated from visits at full speed';
  return [
    '## Lighthouse, phone profile',
    '',
    `Medians of ${runs} visits with an empty profile, ${how}. Times in ms.`,
    '',
    line(['', ...columns]),
    line(['---', ...columns.map(() => '---:')]),
    ...rows,
    '',
    missed.length ? `Missed:\n\n${missed.join('\n')}` : 'All bars hold.',
    '',
    `Commit ${of}, ${at}`,
    '',
    ...Object.entries(facts).map(([name, value]) => `- ${name}: ${value}`),
    '',
  ].join('\n');
}
