// Makes plans.json out of libphonenumber's metadata, as the npm package libphonenumber-js ships it.
//
//   npm install --prefix DIR libphonenumber-js
//   node core/phone/make_plans.mjs DIR/node_modules/libphonenumber-js > core/phone/plans.json
//
// The patterns are libphonenumber's own, in a shorter spelling that pattern.h reads: d is any digit, ( ) groups,
// < > captures, [ ] | ? {n} {n,m} and $ as usual. A pattern with anything else stops this script.
import fs from 'node:fs'
import path from 'node:path'

const root = process.argv[2]
const metadata = JSON.parse(fs.readFileSync(path.join(root, 'metadata.min.json'), 'utf8'))
const version = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).version

function pattern(source) {
  if (!source) return ''
  let out = ''
  const groups = []
  for (let i = 0; i < source.length; ++i) {
    const c = source[i]
    if (source.startsWith('(?:', i)) { groups.push(')'); out += '('; i += 2 }
    else if (c === '(') { groups.push('>'); out += '<' }
    else if (c === ')') out += groups.pop()
    else if (source.startsWith('\\d', i)) { out += 'd'; ++i }
    else if (/[0-9\[\]|?{},$-]/.test(c)) out += c
    else throw new Error(`pattern ${source} has ${c} at ${i}`)
  }
  return out
}

const lengths = (list) => list.reduce((mask, length) => mask | (1 << length), 0)
const formats = []
const rows = []

// A number is of a region if one of its kinds matches: fixed, mobile, toll-free … in one pattern.
const kinds = (types) => (types || []).filter(Boolean).map((type) => pattern(type[0])).filter(Boolean).join('|')

function add(region, data) {
  const first = formats.length
  for (const [match, format, leading, rule, , international] of data[4] || []) {
    formats.push([pattern(match), format, pattern((leading || []).at(-1)), rule || '', international || ''])
  }
  rows.push({ region, code: Number(data[0]), idd: pattern(data[1]), match: pattern(data[2]), lengths: lengths(data[3]),
    first, count: formats.length - first, prefix: data[5] || '', rule: data[6] || '', parsing: pattern(data[7]),
    transform: data[8] || '', leading: pattern(data[10]), kinds: kinds(data[11]) })
}

const codes = Object.keys(metadata.country_calling_codes).map(Number)
for (const code of [...codes, ...Object.keys(metadata.nonGeographic).map(Number)].sort((a, b) => a - b)) {
  // The first region of a code is the one that owns it; the others share it.
  for (const region of metadata.country_calling_codes[code] || []) add(region, metadata.countries[region])
  if (metadata.nonGeographic[code]) add('001', metadata.nonGeographic[code])
}

// One row a line, so that a new version of the metadata can be read as a difference. Columns: table.h.
const lines = (list) => list.map((row) => JSON.stringify(row)).join(',\n')
const about = [`Numbering plans of the world, made by make_plans.mjs from libphonenumber-js ${version}. Do not edit.`,
  "The data is Google's libphonenumber metadata, Apache License 2.0, https://github.com/google/libphonenumber;",
  'as compiled by libphonenumber-js, MIT License, https://gitlab.com/catamphetamine/libphonenumber-js.']
const plans = rows.map((row) => [row.region, row.code, row.lengths, row.first, row.count, row.idd, row.match,
  row.prefix, row.parsing, row.transform, row.rule, row.leading, row.kinds])
process.stdout.write(`{\n"about": [\n${lines(about)}\n],\n"formats": [\n${lines(formats)}\n],\n"plans": [\n${lines(plans)}\n]\n}\n`)
