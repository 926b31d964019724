// What the search of the site finds: streams by their `$`, and what users call before what only tests and descriptions
// of exchanges are made of.
import { createRequire } from 'node:module';
import { IndexEvent, ReflectionKind } from 'typedoc';

/** The very one that TypeDoc makes its index with. */
const lunr = createRequire(import.meta.resolve('typedoc'))('lunr');

const rare = ['Testing', 'Writing a connector'];

const isModule = (reflection) => reflection.kindOf(ReflectionKind.Module | ReflectionKind.Project);

/** What is exported, of which this is a part. */
const exportedWith = (reflection) => {
  const { parent } = reflection;
  return parent === undefined || isModule(parent) ? reflection : exportedWith(parent);
};

const isNameless = ({ name, parent }) =>
  name === '__type' || (parent !== undefined && isNameless(parent));

const isRare = (reflection) =>
  reflection.kindOf(ReflectionKind.Reference) || // is found where it is described
  (reflection.comment?.getTags('@category') ?? []).some(({ content: [{ text }] }) =>
    rare.includes(text),
  );

export const load = (app) => {
  const ofWords = lunr.trimmer;
  // Other ends of words are cut off as before.
  lunr.trimmer = (token) => (/\w\$$/.test(token.toString()) ? token : ofWords(token));
  lunr.Pipeline.registerFunction(lunr.trimmer, 'trimmerButStreams');

  app.renderer.on(IndexEvent.PREPARE_INDEX, (event) => {
    event.searchFieldWeights.document = 5; // 1, as of a comment, hides guides behind everything
    for (let index = event.searchResults.length - 1; index >= 0; index -= 1) {
      const reflection = event.searchResults[index];
      if (isNameless(reflection)) event.removeResult(index);
      else if (isRare(exportedWith(reflection))) reflection.relevanceBoost = 0.1;
    }
  });
};
