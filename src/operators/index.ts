/**
 * Small operators for strategies.
 *
 * @module rxchange/operators
 */
export { midPrice } from './mid-price.js';
export { topOfBook, type TopOfBook } from './top-of-book.js';
