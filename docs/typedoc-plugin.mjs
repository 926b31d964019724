// What TypeDoc does not do by itself: guides go by their headings, and all that is exported is sorted by the questions
// that readers have, going by where it is written.
import {
  Application,
  Comment,
  CommentTag,
  Converter,
  DocumentReflection,
  ReflectionKind,
} from 'typedoc';

/** By the beginnings of paths in `src`; the first that fits. */
const categories = [
  ['Operators', /^operators\//],
  ['Writing a connector', /^(testing\/conformance|exchange)/],
  ['Testing', /^((emulator|testing)\/|net\/(environment|http|socket)|core\/random)/],
  ['Perpetuals', /^(core\/(funding|position)|connector\/perpetual)/],
  [
    'Account',
    /^(account\/|core\/(balance|fee)\.|connector\/(budget|account-streams)|orders\/fill\.)/,
  ],
  ['Orders', /^(core\/order\.|orders\/|store\/|connector\/(cancel|order-entry))/],
  [
    'Market data',
    /^(order-book\/|core\/(trade|gapped|trading-rule|rule-change|trading-pair)\.|connector\/market-stream)/,
  ],
  ['Running', /^(core\/errors|connector\/(status|logger|metric)|net\/(budget|thrott)|prometheus)/],
  ['Connecting', /^(binance|connector\/|net\/signer|core\/decimal)/],
  ['Writing a connector', /^(core|exchanges|net)\//],
];

const categoryOf = (path) => categories.find(([, beginning]) => beginning.test(path))?.[0];

const pathOf = (context, reflection) =>
  context
    .getSymbolFromReflection(reflection)
    ?.declarations?.[0]?.getSourceFile()
    .fileName.match(/\/src\/(.*)$/)?.[1];

/** The text after the first heading of a page, and that heading. */
const withoutHeading = (parts) => {
  const [first, ...rest] = parts;
  const [, heading, text] = /^\s*# (.+)\n([^]*)$/.exec(first?.text ?? '') ?? [];
  return { heading, parts: heading === undefined ? parts : [{ ...first, text }, ...rest] };
};

const ofModules = ReflectionKind.Module | ReflectionKind.Project;

export const load = (app) => {
  // `rest-api.md` is a file of somebody's documentation, and not the address of a site.
  app.on(Application.EVENT_BOOTSTRAP_END, () =>
    app.options.setValue('markdownItLoader', (parser) => parser.linkify.set({ fuzzyLink: false })),
  );

  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    for (const reflection of Object.values(context.project.reflections)) {
      if (reflection instanceof DocumentReflection) {
        reflection.name = withoutHeading(reflection.content).heading ?? reflection.name;
        continue;
      }
      const isExported = reflection.parent?.kindOf(ofModules) ?? false;
      if (!isExported || reflection.kindOf(ReflectionKind.Module | ReflectionKind.Reference))
        continue;
      const path = pathOf(context, reflection) ?? '';
      const category = categoryOf(path);
      if (category === undefined) {
        app.logger.warn(`${reflection.getFullName()}, of ${path}, is in no category.`);
        continue;
      }
      reflection.comment ??= new Comment();
      reflection.comment.blockTags.push(
        new CommentTag('@category', [{ kind: 'text', text: category }]),
      );
    }
  });
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    project.readme = withoutHeading(project.readme ?? []).parts; // the page has this title already
  });
};
