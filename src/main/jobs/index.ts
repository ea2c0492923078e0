export { type Job, type JobFile, type JobProblem, Jobs, type JobWork } from './jobs.ts';
