// Compares the core's phone numbers with libphonenumber-js, which reads the same metadata by other means.
//
//   npm install --prefix DIR libphonenumber-js
//   c++ -std=c++20 -O2 -I. -Ibuild/generated tests/core/phone/oracle/phone_oracle.cc build/core/librecado_phone.a \
//       build/core/librecado_base.a build/core/librecado_tables_embedded.a -o DIR/phone_oracle
//   node tests/core/phone/oracle.mjs DIR [count per region] [seed]
//
// Numbers are made for every region: from its example, from its patterns' lengths with random digits, written
// nationally, internationally, with the plus forgotten, with extensions and odd separators. Exits 1 where a
// difference is not one of those explained below.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const root = path.resolve(process.argv[2])
const perRegion = Number(process.argv[3] || 200)
const require = createRequire(path.join(root, 'x.js'))
const { parsePhoneNumberWithError, getCountries, getCountryCallingCode, getExampleNumber, Metadata } = require('libphonenumber-js')
const metadata = JSON.parse(fs.readFileSync(path.join(root, 'node_modules/libphonenumber-js/metadata.min.json')))
const examples = JSON.parse(fs.readFileSync(path.join(root, 'node_modules/libphonenumber-js/examples.mobile.json')))

let state = Number(process.argv[4] || 1)
const random = (n) => { // xorshift: the same numbers every time
  state ^= state << 13; state ^= state >>> 17; state ^= state << 5
  return (state >>> 0) % n
}
const pick = (list) => list[random(list.length)]
const digits = (n) => Array.from({ length: n }, () => random(10)).join('')

// A text that the pattern matches, by walking it at random.
function sample(pattern) {
  let at = 0
  const alternatives = () => {
    const branches = [sequence()]
    while (pattern[at] === '|') { ++at; branches.push(sequence()) }
    return () => pick(branches)()
  }
  const sequence = () => {
    const pieces = []
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') pieces.push(piece())
    return () => pieces.map((make) => make()).join('')
  }
  const piece = () => {
    let make
    const c = pattern[at++]
    if (c === '(') {
      if (pattern.startsWith('?:', at)) at += 2
      make = alternatives()
      ++at
    } else if (c === '\\') { ++at; make = () => String(random(10)) }
    else if (c === '[') {
      const set = []
      while (pattern[at] !== ']') {
        if (pattern[at] === '\\') { at += 2; set.push(...'0123456789'); continue }
        const from = Number(pattern[at++])
        let to = from
        if (pattern[at] === '-') { to = Number(pattern[at + 1]); at += 2 }
        for (let d = from; d <= to; ++d) set.push(String(d))
      }
      ++at
      make = () => pick(set)
    } else if (c === '$') make = () => ''
    else make = () => c
    let least = 1, most = 1
    if (pattern[at] === '?') { least = 0; ++at }
    else if (pattern[at] === '{') {
      const close = pattern.indexOf('}', at)
      const [a, b] = pattern.slice(at + 1, close).split(',')
      least = Number(a); most = Number(b ?? a); at = close + 1
    }
    const one = make
    return () => Array.from({ length: least + random(most - least + 1) }, one).join('')
  }
  return alternatives()()
}

const separated = (text) => text.replace(/(\d)(?=\d)/g, (d) => random(4) === 0 ? d + pick([' ', '-', '.', '/', ' (', ') ']) : d)
const extension = () => pick([' ext. 12', ';ext=123', ' x4', ' extension 99', '#7', ',,12', ' доб. 5', ' anexo 8', ' int 3', '~45'])
const arabic = (text) => text.replace(/\d/g, (d) => String.fromCharCode(0x660 + Number(d)))
const wide = (text) => text.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d)))

function spellings(region, national) {
  const data = metadata.countries[region]
  const code = getCountryCallingCode(region)
  const prefix = data[5] || ''
  return pick([
    () => national, () => prefix + national, () => '+' + code + national, () => separated(prefix + national),
    () => '+' + separated(code + national), () => code + national, () => sample(data[1] || '00') + code + national,
    () => '+' + code + ' ' + prefix + national, () => prefix + national + extension(), () => 'Tel: ' + separated('+' + code + national) + ' (office)',
    () => arabic(prefix + national), () => '+' + wide(code + national), () => (data[7] ? sample(data[7]) : prefix) + national,
    () => national.slice(1), () => national + digits(1), () => national + digits(1 + random(4)), () => prefix + prefix + national,
  ])()
}

const rows = []
for (const region of getCountries()) {
  const data = metadata.countries[region]
  for (let i = 0; i < perRegion; ++i) {
    const national = pick([() => examples[region] ?? sample(data[2]), () => sample(data[2]), () => sample(data[2]),
      () => digits(pick(data[3])), () => digits(3 + random(12))])()
    rows.push([random(10) === 0 ? pick(getCountries()) : region, spellings(region, national)])
  }
}
for (const code of Object.keys(metadata.nonGeographic)) {
  for (let i = 0; i < perRegion; ++i) rows.push(['', '+' + code + sample(metadata.nonGeographic[code][2])])
}
for (let i = 0; i < 20 * perRegion; ++i) rows.push([pick(['', ...getCountries()]), '+' + digits(4 + random(14))])

// Region and formats are told from the E.164 number alone, as the core does. Some possible but invalid numbers
// are read differently the second time (their first digit is taken for a national prefix): no comparison then.
function shown(e164) {
  try {
    const number = parsePhoneNumberWithError(e164)
    return number.number === e164 ? [number.country ?? '', number.formatNational(), number.formatInternational()] : []
  } catch { return [] }
}

function expected([region, text]) {
  try {
    const number = parsePhoneNumberWithError(text, region || undefined)
    if (!number.isPossible()) return ''
    return [number.number, ...shown(number.number)].join('\t')
  } catch { return '' }
}

const answers = execFileSync(path.join(root, 'phone_oracle'), { input: rows.map((row) => row.join('\t')).join('\n') + '\n', maxBuffer: 1 << 30 })
  .toString().split('\n')

// Where the two differ on purpose:
const explained = {
  // For numbers of a shared code that match no region's plan libphonenumber-js names none; the core names the
  // code's main region. Of a code without a region it says "001". The number itself is the same.
  region: (ours, theirs) => theirs[1] === '' && ours[0] === theirs[0] && ours[2] === theirs[2] && ours[3] === theirs[3],
  reread: (ours, theirs) => theirs.length === 1 && ours[0] === theirs[0],
}
const counts = {}
let bad = 0
rows.forEach((row, i) => {
  const want = expected(row), have = answers[i]
  if (want === have) { counts.equal = (counts.equal ?? 0) + 1; return }
  for (const [name, test] of Object.entries(explained)) {
    if (want && have && test(have.split('\t'), want.split('\t'))) { counts[name] = (counts[name] ?? 0) + 1; return }
  }
  counts.different = (counts.different ?? 0) + 1
  if (++bad <= 40) console.log(JSON.stringify(row), 'core', JSON.stringify(have), 'libphonenumber-js', JSON.stringify(want))
})
console.log(rows.length, 'numbers', JSON.stringify(counts))
process.exit(bad ? 1 : 0)
