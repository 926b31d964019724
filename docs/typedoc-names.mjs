// Names that TypeDoc does not find: a pair's type is written out where it is used, and a parameter that is taken apart
// in the function's head has none.
import { Converter, ReferenceType, ReflectionKind, TemplateLiteralType, Type } from 'typedoc';

const isPair = (type) =>
  type instanceof TemplateLiteralType && type.toString() === '`${string}-${string}`';

/** Puts `reference` wherever a pair's type is written out in the fields of something. */
const namePairs = (owner, reference) => {
  for (const [field, value] of Object.entries(owner)) {
    if (isPair(value)) owner[field] = reference();
    else if (value instanceof Type || Array.isArray(value)) namePairs(value, reference);
  }
};

/** `options` of `TimeCandlesOptions`, `order` of `Pick<InFlightOrder, …>`. */
const nameOfParameter = (type) => {
  const named = type?.name === 'Pick' ? type.typeArguments?.[0] : type;
  return named?.name?.match(/[A-Z][a-z]*$/)?.[0].toLowerCase() ?? 'options';
};

export const load = (app) => {
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    const reflections = Object.values(project.reflections);
    const pair = reflections.find(
      ({ name, kind }) => name === 'TradingPair' && kind === ReflectionKind.TypeAlias,
    );
    const reference = () => ReferenceType.createResolvedReference(pair.name, pair, project);
    for (const reflection of reflections) {
      if (reflection !== pair) namePairs(reflection, reference);
      if (reflection.name === '__namedParameters')
        reflection.name = nameOfParameter(reflection.type);
    }
  });
};
