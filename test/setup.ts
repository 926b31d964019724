import fc from 'fast-check';

/**
 * Properties draw the same values in every run, so that a failure is the change's doing and repeats.
 * `FC_SEED=random npm run unit` looks further afield.
 */
const { FC_SEED = '20261122' } = process.env;
if (FC_SEED !== 'random') fc.configureGlobal({ seed: Number(FC_SEED) });
