// npm liquidjs on the templates of liquid_bench: node liquid_peer.mjs PATH_TO_NODE_MODULES_FOLDER
// Prints microseconds of processor time for one render (best of five rounds; the clock would count other work) and, with --text, what it printed.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const require = createRequire(resolve(process.argv[2] ?? '.', 'index.js'));
const { Liquid } = require('liquidjs');
const suite = JSON.parse(readFileSync(new URL('./liquid_templates.json', import.meta.url), 'utf8'));

for (const test of suite.cases) {
  const engine = new Liquid(test.escape === 'html' ? { outputEscape: 'escape' } : {});
  const template = engine.parse(test.template);
  if (process.argv.includes('--text')) process.stdout.write(engine.renderSync(template, suite.data));
  const rounds = Math.max(200, Math.round(2e6 / test.template.length));
  for (let i = 0; i < rounds; ++i) engine.renderSync(template, suite.data);
  let best = Infinity;
  for (let round = 0; round < 5; ++round) {
    const start = process.cpuUsage();
    for (let i = 0; i < rounds; ++i) engine.renderSync(template, suite.data);
    best = Math.min(best, (({ user, system }) => (user + system) / rounds)(process.cpuUsage(start)));
  }
  console.error(`${test.name} ${best.toFixed(2)} us`);
}
