/* The search: a dialog over an index made with Pagefind, of which the newest months are loaded first, then joined by earlier ones. */

const PAGE = 5
/** Bytes of an index that a search loads by itself; then it asks whether to go on to earlier months. */
const BUDGET = 25000
/** Long pages are no worse than short ones: those of topics are long. */
const RANKING = { pageLength: 0.1, metaWeights: { title: 2 } }

const opener = document.querySelector(".find")
const box = document.querySelector(".find-box")
const fields = Object.fromEntries([...box.querySelectorAll("select")].map(select => [select.name, select]))
const words = box.querySelector("#find-words")
const filters = box.querySelector("details")
const state = box.querySelector(".find-state")
const results = box.querySelector(".find-results")
const more = box.querySelector(".find-more")
const root = new URL(`${box.dataset.root}/`, document.baseURI).href
const folder = new URL(box.dataset.index, document.baseURI).href

/* Texts, as digest/search/spacing.py has them: scripts that set no blanks have one between their characters. */

const CHARACTER = "\\u0e00-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\u{20000}-\\u{3ffff}"
const POINT = "\\u3001-\\u303f\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65"
const UNSET = new RegExp(`([${CHARACTER}${POINT}])(?=[${CHARACTER}0-9A-Za-z])(?!\\p{M})|([0-9A-Za-z])(?=[${CHARACTER}])`, "gu")
const JOINS = new RegExp(`[${CHARACTER}${POINT}] [${CHARACTER}0-9A-Za-z]|[0-9A-Za-z] [${CHARACTER}]`, "u")
const SPACELESS = new RegExp(`[${CHARACTER}]`, "u")
const RUN = new RegExp(`^[${CHARACTER}]{2,}$`, "u")
const BARE = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}\p{M}]*)$/su
const GAP = "␣"

/** Words of a sentence as text, a highlight around those that were found. */
function sentence(tokens, first, found) {
  const nodes = []
  let last = ""
  tokens.forEach((token, at) => {
    if (token === GAP) return
    const blank = !last ? "" : tokens[at - 1] === GAP || !JOINS.test(`${last.at(-1)} ${token}`) ? " " : ""
    const [, before, word, after] = token.match(BARE)
    nodes.push(blank + before, found.has(first + at) ? make("mark", {}, word) : word, after)
    last = token
  })
  return nodes
}

/** What Pagefind is asked for: its own folding knows neither joiners nor Turkish, and in a script without blanks characters stand together. */
function asked(typed) {
  const plain = typed.normalize("NFC").replace(/\p{Cf}/gu, "").replace(/[“”„«»]/g, '"').toLowerCase().trim()
  const query = plain.replace(UNSET, "$1$2 ")
  const dotted = query.replace(/(^|[\s"])ı/g, "$1i")
  return RUN.test(plain) ? [`"${query}"`] : [...new Set([query, dotted])]
}

function make(name, attributes, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) if (value) element.setAttribute(key, value)
  element.append(...children)
  return element
}

/* The index: Pagefind with the months that were joined so far. */

let library = null
let turn = 0

async function fetched(name) {
  const answer = await fetch(folder + name, { cache: "no-cache" })
  if (!answer.ok) throw new Error(`${answer.status} ${name}`)
  return answer.json()
}

const path = month => new URL(folder).pathname + (month ? `${month}/` : "")

async function open() {
  const [pagefind, list] = await Promise.all([import(`${root}search/pagefind.js`), fetched("list.json")])
  const engine = pagefind.createInstance({ basePath: path(""), noWorker: true, ranking: RANKING, mergeFilter: { month: "-" } })
  offer(fields.outlet, list.outlets)
  for (const end of [fields.from, fields.to]) offer(end, list.months)
  return { engine, list, joined: new Set(), facets: new Map(), narrowed: new Set() }
}

/** Opens the index, once; after a failure the next search tries again. */
const ready = () => (library ??= open().catch(error => { library = null; throw error }))

function offer(select, rows) {
  for (const [value, label, lang] of rows) select.append(make("option", { value, lang: typeof lang === "string" ? lang : "" }, label))
}

/** Narrowing down, as the fields say; the months in their order, whichever end is named first. */
function narrowing() {
  const { topic, outlet, from, to } = fields
  const [early, late] = from.value && to.value ? [from.value, to.value].sort() : [from.value, to.value]
  return { topic: topic.value, outlet: outlet.value, early, late, dated: Boolean(early || late) }
}

function inRange(list, { early, late }) {
  return list.months.map(([month]) => month).filter(month => (!early || month >= early) && (!late || month <= late))
}

/** Joins the newest months that are not joined yet, as many again as were, and as much as may be; the first one in any case. */
async function join(lib, months, left, terms) {
  const costs = new Map(lib.list.months.map(([month, , list, part]) => [month, list + part * terms]))
  const open = months.filter(month => !lib.joined.has(month)).slice(0, Math.max(1, lib.joined.size))
  let spent = 0
  const next = open.filter(month => (spent += costs.get(month)) <= left || (left === BUDGET && month === open[0]))
  await Promise.all(next.map(month => lib.engine.mergeIndex(path(month), { mergeFilter: { month }, ranking: RANKING })))
  next.forEach(month => lib.joined.add(month))
  return next.reduce((sum, month) => sum + costs.get(month), 0)
}

/** Loads which topic and outlets the pages of the joined months are of. */
async function face(lib) {
  const open = ["", ...lib.joined].filter(month => !lib.narrowed.has(month))
  for (const rows of await Promise.all(open.map(month => fetched(`${month ? `${month}/` : ""}facets.json`)))) {
    for (const [name, marks] of Object.entries(rows)) lib.facets.set(name, marks)
  }
  open.forEach(month => lib.narrowed.add(month))
}

async function matches(lib, { queries, wanted }) {
  const chosen = wanted.dated ? { filters: { month: { any: inRange(lib.list, wanted) } } } : {}
  if (wanted.topic || wanted.outlet) await face(lib)
  const fits = one => [wanted.topic, wanted.outlet].every(mark => !mark || lib.facets.get(one.id)?.includes(mark))
  for (const query of queries) {
    const found = (await lib.engine.search(query, chosen)).results.filter(fits)
    if (found.length) return found
  }
  return []
}

/* A search, and what it shows. */

let current = null

function search(typed) {
  const queries = asked(typed)
  const terms = queries.flatMap(query => query.split(" ").map(fold)).filter(Boolean)
  current = { queries, terms, wanted: narrowing(), read: new Map(), shown: new Set(), mine: ++turn }
  return queries[0].length > 1 || SPACELESS.test(queries[0]) ? go(current) : clear()
}

/** Goes on with a search: joins earlier months until there is a page of results, or as much was loaded as may be. */
async function go(job) {
  box.setAttribute("aria-busy", "true")
  try {
    const lib = await ready()
    const months = inRange(lib.list, job.wanted)
    let found = lib.joined.size || !months.length ? await matches(lib, job) : []
    let pages = await sift(job, found)
    for (let left = BUDGET; job.mine === turn && pages.length < PAGE;) {
      const spent = await join(lib, months, left, job.queries[0].split(" ").length)
      if (!spent) break
      left -= spent
      found = await matches(lib, job)
      pages = await sift(job, found)
    }
    if (job.mine === turn) show(job, lib, found, pages, months)
  } catch (error) {
    if (job.mine === turn) fail(error)
  }
}

/** Reads the best of what was found until there is a page of it; Pagefind takes the beginning of a word for it where a month lacks it. */
async function sift(job, found) {
  const open = found.filter(one => !job.shown.has(one.id))
  const pages = []
  for (let at = 0; at < open.length && pages.length < PAGE; at += PAGE) {
    const batch = open.slice(at, at + PAGE)
    for (const one of batch) if (!job.read.has(one.id)) job.read.set(one.id, one.data().then(data => read(data, job.terms, one.id)))
    const fit = (await Promise.all(batch.map(one => job.read.get(one.id)))).filter(page => page.fits)
    if (!fit.length) break
    pages.push(...fit)
  }
  return pages.slice(0, PAGE)
}

function show({ shown }, lib, found, pages, months) {
  if (!shown.size) results.replaceChildren()
  pages.forEach(page => shown.add(page.id))
  pages.sort((a, b) => (b.kind === "topic") - (a.kind === "topic"))
  results.append(...pages.map(page => result(page, lib.list.backwards)))
  const earlier = months.filter(month => !lib.joined.has(month))
  state.textContent = told(shown.size, months.length - earlier.length, lib.list, months, earlier)
  offerMore(pages.length === PAGE && found.length > shown.size ? "more" : earlier.length ? "earlier" : "")
  box.removeAttribute("aria-busy")
}

function told(count, joined, list, months, earlier) {
  if (!count && !earlier.length) return box.dataset.none
  const label = list.months.find(([month]) => month === months[joined - 1])?.[1] ?? ""
  const number = String(count).replace(/\d/g, digit => [...box.dataset.digits][digit])
  return (earlier.length && label ? box.dataset.back : box.dataset.found).replace("{count}", number).replace("{month}", label)
}

function offerMore(which) {
  more.hidden = !which
  more.textContent = which ? box.dataset[which] : ""
}

function clear() {
  box.removeAttribute("aria-busy")
  results.replaceChildren()
  state.textContent = ""
  offerMore("")
}

function fail(error) {
  console.warn(error)
  library = null
  clear()
  state.textContent = box.dataset.failed
}

/** A page as the index has it, and the sentence in which most of the words stand. */
function read(data, terms, id) {
  const tokens = data.content.split(" ")
  const [head, ...lines] = data.anchors.map(({ id, location }) => [location, ...id.split("!").map(decodeURIComponent)])
  const [, kind, lang, how] = head
  const ends = [...lines.slice(1).map(([start]) => start), tokens.length]
  const found = new Set(data.locations.filter(at => terms.some(term => resembles(fold(tokens[at]), term))))
  const hits = lines.map(([start], at) => [...found].filter(word => word >= start && word < ends[at]).length)
  const best = hits.indexOf(Math.max(...hits))
  const [start, place, outlet, day, language, made] = lines[best]
  const text = sentence(tokens.slice(start, ends[best]), start, found)
  const named = data.meta.title.split(" ")
  const fits = found.size > 0 || named.some(token => terms.some(term => fold(token).includes(stem(term))))
  return { id, fits, address: data.raw_url + (place && `#${place}`), kind, title: sentence(named, 0, new Set()), lang, how, outlet, day,
    language, made, text }
}

const fold = token => token.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase()

/** What two forms of a word surely share. */
const stem = term => term.slice(0, Math.max(3, Math.ceil(term.length / 2)))

/** Whether a word may be a form of another: where both begin alike, as much as that is alike. */
const resembles = (word, term) => word.includes(stem(term)) || word[0] !== term[0]

function result(page, backwards) {
  const way = lang => ({ lang, dir: backwards.includes(lang) ? "rtl" : "ltr" })
  const kinds = { topic: fields.topic, outlet: fields.outlet }
  const link = make("a", { href: root + page.address }, make("span", { class: "find-title", ...way(page.lang) }, ...page.title))
  if (page.how) link.append(make("span", { class: "find-how" }, page.how))
  if (kinds[page.kind]) link.append(make("span", { class: "find-kind" }, kinds[page.kind].labels[0].firstChild.data.trim()))
  if (page.outlet) {
    link.append(make("span", { class: "find-who" }, make("bdi", {}, page.outlet), page.day && ` · ${page.day}`),
      make(page.made ? "span" : "q", { class: "find-text", ...way(page.language) }, ...page.text))
  }
  if (page.made) link.append(make("span", { class: "find-how" }, page.made))
  return make("li", {}, link)
}

/* What a reader does. */

function start() {
  if (!box.open) box.showModal()
  words.select()
  ready().catch(fail)
}

let waiting = 0
function soon() {
  clearTimeout(waiting)
  turn++
  waiting = setTimeout(() => search(words.value), 250)
}

function now() {
  clearTimeout(waiting)
  search(words.value)
}

async function onward() {
  const known = results.children.length
  current.mine = ++turn
  await go(current)
  results.children[known]?.querySelector("a").focus()
}

/** Up and down among the field and the results. */
function walk(event) {
  const stops = [words, ...results.querySelectorAll("a")]
  const at = stops.indexOf(document.activeElement)
  const next = stops[at + { ArrowDown: 1, ArrowUp: -1 }[event.key]]
  if (at < 0 || !next) return
  event.preventDefault()
  next.focus()
}

function press(event) {
  if (event.key === "Escape") {
    event.preventDefault()
    box.close()
  } else if (event.key === "Enter" && event.target === words && !event.isComposing) now()
  else walk(event)
}

async function topics() {
  if (!filters.open || filters.dataset.filled) return
  filters.dataset.filled = "yes"
  offer(fields.topic, (await fetched("topics.json").catch(() => ({ topics: [] }))).topics)
}

opener.addEventListener("click", start)
words.addEventListener("input", soon)
box.addEventListener("change", event => event.target !== words && now())
filters.addEventListener("toggle", topics)
more.addEventListener("click", onward)
box.addEventListener("keydown", press)
box.addEventListener("click", event => {
  if (event.target === box || event.target.closest("a, .find-close")) box.close()
})
/** Whether a key opens the search: `/` where nothing is being written, as on other sites of the theme, and Ctrl+K everywhere. */
function opens({ key, ctrlKey, metaKey, altKey, shiftKey, target }) {
  if (altKey) return false
  if (ctrlKey || metaKey) return !shiftKey && key.toLowerCase() === "k"
  return key === "/" && !target.closest("input, select, textarea, [contenteditable]")
}

document.addEventListener("keydown", event => {
  if (!opens(event)) return
  event.preventDefault()
  start()
})
opener.hidden = false
