export { commitmentTo, type Committed } from './commitment.js';
