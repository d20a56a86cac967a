// What `mathjax.py` calls inside QuickJS. MathJax wants a few things of a browser; `prepare` runs once tex.js is
// loaded, `prepareSvg` once svg.js is too. Both functions for formulas give a string that starts with "!" where
// MathJax refuses one.

var window = globalThis, global = globalThis;
var MathJax = {options: {}};
var console = {log() {}, error() {}, warn() {}};
function setTimeout() {}
function clearTimeout() {}

var checked, typeset, prepareSvg;

function prepare() {
  // Those of Anki's cards and what they load by themselves, without what hides errors (noerrors, noundefined),
  // loads or configures more (require, autoload, setoptions), or makes links and scripts (html, action).
  // `unicode` remembers widths from one formula to the next, `bussproofs` needs a browser to measure.
  const packages = ['base', 'ams', 'amscd', 'bbox', 'boldsymbol', 'braket', 'cancel', 'color', 'configmacros',
    'enclose', 'extpfeil', 'mathtools', 'mhchem', 'newcommand', 'verb'];
  // Whatever a formula can leave behind for the next one is written with one of these words.
  const lasting = /def|let|new|New|Declare|set|tagform/;
  // The x-height of MathJax's own fonts, so that it scales nothing.
  const metrics = {em: 16, ex: 0.442 * 16, containerWidth: 80 * 16};

  // Smaller than this no script of a script is set, in 16ths of an em: that is 5 pt in text of 7.6 pt.
  MathJax._.core.MmlTree.MmlNodes.math.MmlMath.defaults.scriptminsize = '10.5px';

  // Characters that its fonts lack are as wide as they are on average in the sheet's text.
  const adaptor = MathJax._.adaptors.liteAdaptor.liteAdaptor({unknownCharWidth: 0.55});
  const {NoTags, TagsFactory} = MathJax._.input.tex.Tags;
  const TexParser = MathJax._.input.tex.TexParser.default;
  const {TeX} = MathJax._.input.tex_ts;
  const {STATE} = MathJax._.core.MathItem;
  MathJax._.handlers.html_ts.RegisterHTMLHandler(adaptor);

  // Numbers given with \tag stand behind the formula, for MathJax would set them at the far end of a line
  // whose width it doesn't know here. MathJax derives from its classes as one did before there was `class`.
  function TagsBehind() {
    NoTags.call(this);
  }
  TagsBehind.prototype = Object.assign(Object.create(NoTags.prototype), {
    constructor: TagsBehind,
    startEquation(item) {
      NoTags.prototype.startEquation.call(this, item);
      this.given = [];
    },
    tag(tag, star) {
      NoTags.prototype.tag.call(this, tag, star);
      if (tag) this.given.push(this.currentTag.tagFormat);
    },
    getTag() {
      return null;
    },
    finalize(node) {
      if (!this.given.length) return node;
      const {nodeFactory} = this.configuration;
      const tags = new TexParser('\\text{' + this.given.join(', ') + '}', {}, this.configuration).mml();
      const space = nodeFactory.create('node', 'mspace', [], {width: '2em'});
      return nodeFactory.create('node', 'mrow', [node, space, tags]);
    },
  });
  // MathJax registers a new kind of tags for each input and never forgets one, nor the input it belongs to.
  let kinds;
  TagsFactory.add = (name, kind) => kinds.set(name, kind);
  TagsFactory.create = (name) => new (kinds.get(name) || TagsBehind)();

  const freshInput = () => new TeX({
    packages,
    tags: 'behind',
    ams: {multlineWidth: '30em'},
    maxMacros: 1000,
    formatError(jax, error) { throw error; },
  });
  let svg = null;
  let input, page;
  const renew = () => {
    kinds = new Map([['behind', TagsBehind]]);
    input = freshInput();
    page = MathJax._.mathjax.mathjax.document('', svg ? {InputJax: input, OutputJax: svg} : {InputJax: input});
  };
  renew();

  // The result of work on one formula; errors of TeX have an id. After all others, which are MathJax's own or
  // the engine's (null where there is no memory even for an error), nothing of this is used again.
  const refusing = (tex, work) => {
    let result;
    try {
      result = work();
      if (input.parseOptions.tags.redo) result = '!A reference to a label that is not there';
    } catch (error) {
      if (!error || error.id === undefined) throw error;
      result = '!' + error.message;
    }
    input.reset();
    if (lasting.test(tex)) renew();
    return result;
  };

  // What a formula may look like on a card: boxes with colours and borders, but no address, which the card would
  // follow or load, no names of the card's own elements and styles, and nothing that leaves its place.
  const look = /^(?:\s*(?:border|padding|background|color)[a-z-]*\s*:[\w\s#.,%-]*(?:;|$))*\s*$/i;
  const reaching = (root) => {
    let found = '';
    root.walkTree((node) => {
      const {href, style, class: name, id} = (node.attributes && node.attributes.getAllAttributes()) || {};
      if (href !== undefined || name !== undefined || (id !== undefined && !/^mjx-/.test(id))) found = 'a link or a name';
      if (style !== undefined && !look.test(style)) found = `the style ${style}`;
    });
    return found;
  };

  checked = (tex, display) => refusing(tex, () => {
    const found = reaching(page.convert(tex, {display, end: STATE.CONVERT, ...metrics}));
    return found && `!It has ${found}`;
  });

  // Elements and attributes that draw; what else MathJax writes is meant for pages and programs.
  const drawing = new Set(['svg', 'g', 'path', 'rect', 'line', 'polygon', 'polyline', 'ellipse', 'circle', 'text']);
  const drawn = new Set(['d', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'width', 'height',
    'points', 'viewBox', 'preserveAspectRatio', 'transform', 'fill', 'stroke', 'stroke-width', 'stroke-dasharray',
    'stroke-linecap', 'font-size', 'font-style', 'font-weight']);
  const entities = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
  const escaped = (text) => text.replace(/[&<>"]/g, (char) => entities[char]);
  const paint = /^[#\w(),.% -]*$/;

  // Letters of one word come one by one; as a run they are spaced as their font wants them.
  const placed = /^(?:translate\(([-\d.]+),0\) )?scale\(1,-1\)$/;
  const joined = (children) => {
    const runs = [];
    let last = null;
    for (const child of children) {
      const at = child.kind === 'text' && placed.exec(child.attributes.transform);
      const {'font-size': size, 'font-style': style} = child.attributes || {};
      if (at && last && last.size === size && last.style === style && Math.abs((at[1] || 0) - last.end) < 1) {
        last.node.children.push(...child.children);
        last.end += adaptor.nodeSize(child)[0] * 1000;
        continue;
      }
      if (child.kind === 'path' && !child.attributes.d) continue;
      last = at && {node: child, size, style, end: +(at[1] || 0) + adaptor.nodeSize(child)[0] * 1000};
      runs.push(child);
    }
    return runs;
  };

  const markup = (node, texts) => {
    if (node.kind === '#text') return escaped(node.value);
    const {kind} = node;
    if (kind === 'title' || kind === 'style' || kind === 'foreignObject') return '';
    if (kind === 'text') texts.push(adaptor.textContent(node));
    let attributes = '';
    for (const [name, value] of Object.entries(node.attributes)) {
      if (!drawn.has(name)) continue;
      if ((name === 'fill' || name === 'stroke') && !paint.test(value)) continue;
      attributes += ` ${name}="${escaped(String(value))}"`;
    }
    let inner = '';
    for (const child of joined(node.children)) inner += markup(child, texts);
    if (!drawing.has(kind) || (kind === 'g' && (!attributes || !inner))) return inner;
    return inner ? `<${kind}${attributes}>${inner}</${kind}>` : `<${kind}${attributes}/>`;
  };

  const widen = (attributes, ems) => {
    const [x, y, width, height] = (attributes.viewBox || '').split(' ').map(Number);
    attributes.viewBox = [x - 1000 * ems, y, width + 2000 * ems, height].join(' ');
    attributes.width = parseFloat(attributes.width) + 2 * ems / 0.442 + 'ex';
  };

  prepareSvg = () => {
    const {TeXFont} = MathJax._.output.svg.fonts.tex_ts;
    svg = new MathJax._.output.svg_ts.SVG({fontCache: 'none', font: new TeXFont(), internalSpeechTitles: false});
    renew();
    typeset = (tex, display) => refusing(tex, () => {
      const [root] = page.convert(tex, {display, ...metrics}).children;
      // The names beside the arrows of a diagram stand outside of what MathJax takes for its width.
      if (/\\begin *\{CD\}/.test(tex)) widen(root.attributes, 1);
      const {width, height, viewBox, style} = root.attributes;
      const lowered = /vertical-align: ([-\d.]+)/.exec(style || '');
      root.attributes = {viewBox};
      const texts = [];
      const inner = markup(root, texts);
      return JSON.stringify({
        markup: inner.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"'),
        width, height, depth: lowered ? lowered[1] : '0', texts: texts.join(''),
      });
    });
  };
}
