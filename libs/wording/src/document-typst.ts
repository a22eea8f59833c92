/**
 * The layout of a printed document, in the language of Typst 0.14. It reads one JSON value, the input `document`, and
 * imports nothing; the input `boxed` is `yes` where characters without a shape stand as boxes, which it then says. What people wrote stays a string in it: Typst sets a string as it is and never reads it as code.
 */
export const documentTypst = String.raw`
#let doc = json(bytes(sys.inputs.document))
#let soft = rgb("#4a4a4a")
#let accent = 1.5pt + rgb("#1f4e8c")
#let hair = 0.5pt + rgb("#c4c4c4")
#let fonts = ("Noto Sans", "Vazirmatn", "Noto Sans Arabic", "Noto Sans SC")
#let chinese-fonts = ((name: "Noto Sans", covers: "latin-in-cjk"), "Noto Sans SC", ..fonts)
#let directions = (ltr: ltr, rtl: rtl)
#let dense = doc.dense
#let small(body) = text(size: if dense { 6.5pt } else { 8.5pt }, fill: soft, body)

// The label of the Traffic Light Protocol 2.0: 12 points, its colour on black, never translated.
#let label = box(fill: black, inset: (x: 2.5mm, y: 1.6mm), text(
  fill: rgb(doc.tlp.colour), size: 12pt, weight: "bold", lang: "en", dir: ltr,
  top-edge: "cap-height", bottom-edge: "baseline", doc.tlp.label,
))
#let in-margin(..more) = {
  set text(size: 7.5pt)
  set par(leading: 0.45em, spacing: 0.6em)
  let marks = doc.marks.map(mark => if mark.last { strong(mark.text) } else { mark.text })
  grid(
    columns: (1fr, auto), column-gutter: 10mm, align: (start + horizon, right + horizon),
    (..marks, ..more.pos()).join(parbreak()), label,
  )
}
#let page-number = context {
  let (before, between, after) = doc.page
  [#before#counter(page).display()#between#counter(page).final().first()#after]
}

#set document(title: doc.title, keywords: doc.reference, date: datetime(..doc.date))
#set page(
  paper: "a4", columns: if dense { 2 } else { 1 }, header-ascent: 9mm, footer-descent: 9mm,
  margin: if dense { (x: 14mm, top: 32mm, bottom: 30mm) } else { (x: 23mm, top: 36mm, bottom: 34mm) },
  header: in-margin(), footer: in-margin([#doc.reference #sym.dash.en #page-number]),
)
#set text(font: fonts, fallback: false, size: if dense { 7.5pt } else { 10pt }, lang: doc.language, dir: directions.at(doc.direction))
#set text(hyphenate: false)
#set par(leading: 0.62em, spacing: 1em)
#set enum(numbering: "1.", spacing: 6mm)
#set list(marker: sym.dash.en, spacing: 3.4mm)
#show title: set text(size: if dense { 16pt } else { 21pt })
#show title: set block(above: 9mm, below: 6mm)
#show heading: set text(size: if dense { 7.5pt } else { 11pt })
#show heading.where(level: 1): set text(size: if dense { 9pt } else { 14pt })
#show heading: set block(above: if dense { 2mm } else { 7mm }, below: if dense { 1mm } else { 3mm })
#show heading.where(level: 1): it => block(
  width: 100%, above: if dense { 4mm } else { 11mm }, below: if dense { 1.2mm } else { 4mm }, stroke: (top: 1pt),
  inset: (top: if dense { 1.2mm } else { 3.5mm }), sticky: true, it.body,
)

// A hash or an address that is wider than its column may be cut after each eighth character, without a sign that was
// not written. After each one would cost ten times as much, and so would long marks on one letter, left whole.
#let unspaced = regex("[^ \n\u{3000}\u{200b}\\p{Han}\\p{Hiragana}\\p{Katakana}]{16,}")
#let pieces(string) = {
  let short(each) = if each.len() > 64 { each.codepoints().chunks(16).map(part => part.join()) } else { each }
  string.clusters().map(short).flatten().chunks(8).map(piece => piece.join())
}
#let fitted(string, width) = {
  let from = 0
  for found in string.matches(unspaced) {
    string.slice(from, found.start)
    // What is longer is wider than any column; to measure it takes as long as to set it.
    let long = found.text.len() > 2000 or found.text.clusters().any(each => each.len() > 64)
    if long or measure(found.text).width > width { pieces(found.text).join(h(0.001pt)) } else { found.text }
    from = found.end
  }
  string.slice(from)
}
#let line(string) = layout(size => fitted(string, size.width))
#let paragraphs(given) = layout(size => given.map(each => fitted(each, size.width)).join(parbreak()))

#let written(given) = block(
  width: 100%, outset: (y: 0.8mm),
  inset: if given.direction == "rtl" { (right: 3mm) } else { (left: 3mm) },
  stroke: if given.direction == "rtl" { (right: accent) } else { (left: accent) },
  {
    set text(lang: given.language, region: given.region, dir: directions.at(given.direction))
    set text(font: chinese-fonts) if given.language == "zh"
    paragraphs(given.paragraphs)
  },
)

#let entries(given, depth: 0) = {
  let shown(value) = {
    if value.kind == "written" { written(value) }
    if value.kind == "plain" { line(value.text) }
    if value.kind == "absent" { text(fill: soft, line(value.text)) }
    if value.kind == "label" { label }
    if value.kind == "group" { entries(value.entries, depth: depth + 1) }
    if value.kind == "list" {
      let items = value.items.map(shown)
      if value.numbered { enum(..items) } else { list(..items) }
    }
  }
  let named(entry) = text(fill: soft, line(entry.label))
  let under(entry) = {
    block(sticky: true, below: 3.4mm, named(entry))
    block(width: 100%, inset: (left: 4mm), shown(entry.value))
  }
  if depth > 1 { given.map(under).join() } else {
    let row(entry) = if depth == 0 and entry.value.wide {
      (grid.cell(colspan: 2, under(entry)),)
    } else {
      (block(inset: (right: if dense { 1.5mm } else { 5mm }), named(entry)), shown(entry.value))
    }
    grid(
      columns: (if dense { 22mm } else if depth == 0 { 47mm } else { 40mm }, 1fr),
      inset: if depth > 0 { 0mm } else if dense { (y: 0.8mm) } else { (y: 2.4mm) }, row-gutter: if depth == 0 { 0mm } else { 3.4mm },
      stroke: if depth == 0 and not dense { (top: hair) },
      ..given.map(row).flatten(),
    )
  }
}

#let framed(mark, above: 3mm) = block(width: 100%, inset: 3mm, stroke: 1pt, above: above, below: 3mm, {
  strong(mark.text)
  if mark.note != none { linebreak(); small(mark.note) }
})

#for mark in doc.marks { framed(mark) }
#title()
#if sys.inputs.boxed == "yes" { block(below: 5mm, doc.notice) }
#entries(doc.entries)
#let whole(section) = {
  if section.title != "" { heading(level: section.level, section.title) }
  if section.source != none { block(above: 0mm, below: 3mm, sticky: true, small(section.source)) }
  entries(section.entries)
}
// In a booklet what belongs together stays on one page, unless it is so long that it may not fit on any.
#for section in doc.sections {
  if dense and section.level == 2 and section.entries.len() <= 16 {
    block(breakable: false, width: 100%, whole(section))
  } else { whole(section) }
}
#if doc.closing.len() > 0 {
  v(8mm)
  block(width: 100%, stroke: (top: hair), inset: (top: 3mm), doc.closing.map(sentence => small({
    [#sentence.text #box(sentence.identity)]
    if sentence.note != none { linebreak(); sentence.note }
  })).join(parbreak()))
}
#for mark in doc.marks.filter(mark => mark.last) { framed(mark, above: 8mm) }
`;
