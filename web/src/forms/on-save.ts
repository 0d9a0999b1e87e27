/** What a form needs once somebody has saved, or something has happened to it: a file of code of its own (later.tsx). */
export { bodyOf, changesBetween } from './body';
export { faultsOf } from './check';
export { DraftNotice } from './draft-notice';
export { EditConflict } from './edit-conflict';
export { ErrorSummary } from './error-summary';
export { FormProblem } from './form-problem';
