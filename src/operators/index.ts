/**
 * Small operators for strategies.
 *
 * @packageDocumentation
 */
export { midPrice } from './mid-price.js';
export { topOfBook, type TopOfBook } from './top-of-book.js';
